using System;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Hashes local files or bytes as Cloud Storage does.</summary>
[Cmdlet(VerbsCommon.Get, "GcsObjectHash", DefaultParameterSetName = PathSet, HelpUri = HelpLinks.Base + "Get-GcsObjectHash.md")]
[OutputType(typeof(GcsObjectHash))]
public sealed class GetGcsObjectHashCommand : GcpCmdlet
{
    private const string PathSet = "Path";
    private const string ValueSet = "Value";

    /// <summary>Files, taken literally.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath", "File")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Bytes, or text, which is taken as UTF-8.</summary>
    [Parameter(ParameterSetName = ValueSet, Mandatory = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public object? Value { get; set; }

    /// <summary>Only the CRC32C, which is much faster.</summary>
    [Parameter]
    public SwitchParameter SkipMd5 { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (ParameterSetName == ValueSet)
        {
            using MemoryStream bytes = new(ContentBytes.Of(Value, ContentBytes.Utf8), writable: false);
            await HashAsync(null, bytes);
            return;
        }

        foreach (string path in Path)
        {
            await ForItemAsync(path, async () =>
            {
                string full = FileSystemPaths.Resolve(this, path);
                using FileStream file = Open(full);
                await HashAsync(full, file);
            });
        }
    }

    private async Task HashAsync(string? path, Stream content)
    {
        ContentHash hash = await Engine.HashAsync(content, !SkipMd5, Call);
        WriteObject(new GcsObjectHash(path, hash.Length, hash.Crc32C, hash.Md5));
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.FileNotFound(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Directory.Exists(path) ? Errors.FileIsFolder(path) : Errors.FileNotReadable(path, e.Message);
        }
    }
}
