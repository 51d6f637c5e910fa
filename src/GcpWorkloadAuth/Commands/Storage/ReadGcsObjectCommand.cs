using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Reads objects: to a file, to a folder, or to the pipeline.</summary>
[Cmdlet(VerbsCommunications.Read, "GcsObject", DefaultParameterSetName = ByObject, SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Read-GcsObject.md")]
[OutputType(typeof(string), typeof(byte), typeof(byte[]), typeof(FileInfo))]
public sealed partial class ReadGcsObjectCommand : GcsObjectCmdlet
{
    private const int DefaultAtOnce = 16;
    private readonly HashSet<string> _written = new(System.StringComparer.Ordinal);
    private SideBySide? _work;
    private ProgressMeter? _progress;
    private FolderGuard? _guard;
    private CustomerKey? _key;
    private string? _folder;

    /// <summary>The file that the content is written to.</summary>
    [Parameter(Position = 2, ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByObject)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>The folder that objects are written to under their names; it and the folders in it are made where they are missing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFolder { get; set; }

    /// <summary>Without -Name: the objects whose names begin with this.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Without -Name: the objects whose names match this pattern; matched by the server.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? Glob { get; set; }

    /// <summary>Without -Name: also what lies deeper, behind further slashes.</summary>
    [Parameter(ParameterSetName = ByName)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How the text is encoded; without it, as the object says, else UTF-8.</summary>
    [Parameter]
    [EncodingTransformation]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    /// <summary>Emit lines as they come, in place of the whole text.</summary>
    [Parameter]
    public SwitchParameter Line { get; set; }

    /// <summary>Emit bytes in place of text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>With -AsByteStream: one array in place of single bytes.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The first byte to read; negative: so many before the end.</summary>
    [Parameter]
    public long Offset { get; set; }

    /// <summary>How many bytes to read.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Length { get; set; }

    /// <summary>Unpack what is stored with the encoding gzip.</summary>
    [Parameter]
    public SwitchParameter Decompress { get; set; }

    /// <summary>The customer-supplied key that the objects are encrypted with: the Base64 of 32 bytes.</summary>
    [Parameter]
    [Secret]
    [ValidateNotNull]
    public SecureString? EncryptionKey { get; set; }

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the files that were written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>When stopped, leave nothing behind that a later run could go on with.</summary>
    [Parameter]
    public SwitchParameter NoResume { get; set; }

    /// <summary>How many objects are read at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = DefaultAtOnce;

    private bool IsRange => Offset != 0 || Length is not null;

    private bool ToPipeline => OutFile is null && OutFolder is null;

    private protected override Task BeginAsync()
    {
        Exclude(OutFile is not null && OutFolder is not null, "-OutFile", "-OutFolder");
        Exclude(Line && AsByteStream, "-Line", "-AsByteStream");
        Exclude(Encoding is not null && AsByteStream, "-Encoding", "-AsByteStream");
        Exclude(!ToPipeline && (Line || AsByteStream), OutFile is not null ? "-OutFile" : "-OutFolder", Line ? "-Line" : "-AsByteStream");
        Exclude(IsRange && Decompress, Length is null ? "-Offset" : "-Length", "-Decompress");
        Exclude(IsRange && OutFolder is not null, Length is null ? "-Offset" : "-Length", "-OutFolder");
        Exclude(Prefix is not null && Name is not null, "-Prefix", "-Name");
        Exclude(Glob is not null && Name is not null, "-Glob", "-Name");
        Exclude(Recurse && Name is not null, "-Recurse", "-Name");
        _key = CustomerKey.From(EncryptionKey, "-EncryptionKey");
        if (OutFolder is not null)
        {
            _folder = FileSystemPaths.Resolve(this, OutFolder);
            _guard = new FolderGuard(_folder);
        }

        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        if (ParameterSetName == ByName && Name is null && (Prefix is not null || Glob is not null || Recurse))
        {
            await ListAsync();
            return;
        }

        foreach (GcsObject named in NamedObjects())
        {
            await TakeAsync(named);
        }
    }

    private protected override async Task EndAsync()
    {
        try
        {
            if (_work is not null)
            {
                await _work.FinishAsync();
            }
        }
        finally
        {
            _progress?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _progress?.Dispose();
        }
    }

    private async Task ListAsync()
    {
        string bucket = Bucket;
        string? prefix = Prefix;
        if (GcsUri.IsUri(Bucket))
        {
            (bucket, string name, _) = GcsUri.Parse(Bucket);
            prefix = name + Prefix;
        }

        ObjectQuery query = new()
        {
            Bucket = bucket,
            Prefix = string.IsNullOrEmpty(prefix) ? null : prefix,
            Glob = Glob,
            Delimiter = Recurse || Glob is not null ? null : "/",
        };
        IObjectPager pager = Engine.ListObjects(Session, query);
        Task<ObjectListPage?> asking = pager.NextAsync(Call);
        while (await asking is { } page)
        {
            // The next page comes while this one's objects do.
            asking = pager.NextAsync(Call);
            foreach (GcsObject item in page.Items)
            {
                await TakeAsync(item);
            }
        }
    }

    private async Task TakeAsync(GcsObject item)
    {
        if (ToPipeline)
        {
            await ForItemAsync(item, () => EmitAsync(item));
            return;
        }

        string? path = null;
        await ForItemAsync(item, () =>
        {
            path = PathOf(item);
            return Task.CompletedTask;
        });
        if (path is null || !ShouldProcess(path, string.Format(System.Globalization.CultureInfo.CurrentCulture, Strings.ActionReadObject, item.Uri)))
        {
            return;
        }

        _work ??= MakeSideBySide(ThrottleLimit);
        _progress ??= new ProgressMeter(WriteProgress, Strings.ProgressDownload);
        await _work.StartAsync(() => ForItemAsync(item, () => SaveAsync(item, path)));
    }

    private string PathOf(GcsObject item)
    {
        if (OutFile is null)
        {
            // An object that stands for a folder, as the console makes them.
            return item.Name.EndsWith("/", System.StringComparison.Ordinal) && item.Size == 0
                ? ObjectPaths.Below(_folder!, item.Name.TrimEnd('/')) + Path.DirectorySeparatorChar
                : ObjectPaths.Below(_folder!, item.Name);
        }

        string path = FileSystemPaths.Resolve(this, OutFile);
        return _written.Add(path) ? path : throw Errors.OutFileTaken(path);
    }

    private async Task SaveAsync(GcsObject item, string path)
    {
        _guard?.Prepare(path);
        if (path[path.Length - 1] == Path.DirectorySeparatorChar)
        {
            return;
        }

        using ProgressMeter.Item progress = _progress!.Start(item.Name);
        if (IsRange)
        {
            await SaveRangeAsync(item, path, progress);
        }
        else
        {
            await Engine.DownloadAsync(Session, Request(item, path, progress), Call);
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private ObjectDownload Request(GcsObject item, string path, ITransferProgress progress) => new()
    {
        Source = item,
        Path = path,
        Overwrite = Force,
        Decompress = Decompress,
        Key = _key,
        NoResume = NoResume,
        ModifiedTime = FileTimes.Of(item),
        Progress = progress,
    };

    private async Task SaveRangeAsync(GcsObject item, string path, ITransferProgress progress)
    {
        if (File.Exists(path) && !Force)
        {
            throw Errors.FileExists(path);
        }

        using IObjectContent content = await Engine.OpenAsync(Session, Reading(item, progress), Call);
        using PartialFile file = new(path);
        byte[] buffer = new byte[BlockSize];
        int read;
        while ((read = await content.ReadAsync(buffer, 0, buffer.Length, Call)) > 0)
        {
            file.Write(buffer, read);
        }

        file.Complete();
    }

    private static void Exclude(bool both, string one, string other)
    {
        if (both)
        {
            throw Errors.ParametersExclude(one, other);
        }
    }
}
