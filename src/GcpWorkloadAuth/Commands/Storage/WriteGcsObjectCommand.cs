using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Uploads files, folders, text or bytes.</summary>
[Cmdlet(VerbsCommunications.Write, "GcsObject", DefaultParameterSetName = ValueByName, SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Write-GcsObject.md")]
[OutputType(typeof(GcsObject))]
public sealed partial class WriteGcsObjectCommand : GcpCmdlet
{
    private const string ValueByName = "Value";
    private const string FileByName = "File";
    private const string ValueByObject = "ValueToObject";
    private const string FileByObject = "FileToObject";
    private const int DefaultAtOnce = 16;
    private const string TextType = "text/plain; charset=utf-8";
    private SideBySide? _work;
    private ProgressMeter? _progress;
    private CustomerKey? _key;
    private int _files;

    /// <summary>The bucket by name, or a bucket from Get-GcsBucket; or a gs:// address: of the object to be, or, ending in a slash, of what its name begins with.</summary>
    [Parameter(ParameterSetName = ValueByName, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = FileByName, Position = 0, Mandatory = true)]
    [Alias("BucketName", "GcsUri")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string Bucket { get; set; } = string.Empty;

    /// <summary>The object's name. Files have their own where it is left out.</summary>
    [Parameter(ParameterSetName = ValueByName, Position = 1)]
    [Parameter(ParameterSetName = FileByName, Position = 1)]
    [Alias("ObjectName")]
    [ResourceName(typeof(GcsObject))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>An object from Get-GcsObject whose content is replaced: just the generation that was listed.</summary>
    [Parameter(ParameterSetName = ValueByObject, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = FileByObject, Mandatory = true, ValueFromPipeline = true)]
    [GcsObjectTransformation]
    [ValidateNotNullOrEmpty]
    public GcsObject[] InputObject { get; set; } = Array.Empty<GcsObject>();

    /// <summary>Text or bytes to store. From the pipeline also files.</summary>
    [Parameter(ParameterSetName = ValueByName, Position = 2, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ValueByObject, Mandatory = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Files, and with -Recurse folders; taken literally.</summary>
    [Parameter(ParameterSetName = FileByName, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = FileByObject, Mandatory = true)]
    [Alias("Path", "FullName", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string[] File { get; set; } = Array.Empty<string>();

    /// <summary>What the names of the objects begin with; a slash is not added.</summary>
    [Parameter(ParameterSetName = ValueByName)]
    [Parameter(ParameterSetName = FileByName)]
    [ValidateNotNull]
    public string Prefix { get; set; } = string.Empty;

    /// <summary>All files in folders, and in the folders in them.</summary>
    [Parameter(ParameterSetName = ValueByName)]
    [Parameter(ParameterSetName = FileByName)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Of a folder's files only those that match one of these patterns.</summary>
    [Parameter(ParameterSetName = ValueByName)]
    [Parameter(ParameterSetName = FileByName)]
    [ValidateNotNullOrEmpty]
    public string[]? Include { get; set; }

    /// <summary>Of a folder's files none that match one of these patterns.</summary>
    [Parameter(ParameterSetName = ValueByName)]
    [Parameter(ParameterSetName = FileByName)]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    /// <summary>How text is encoded.</summary>
    [Parameter(ParameterSetName = ValueByName)]
    [Parameter(ParameterSetName = ValueByObject)]
    [EncodingTransformation]
    [ValidateNotNull]
    public Encoding Encoding { get; set; } = ContentBytes.Utf8;

    /// <summary>The media type; without it, by the file's extension.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>How the content is encoded already.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentEncoding { get; set; }

    /// <summary>What a browser shall do with it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentDisposition { get; set; }

    /// <summary>The language of the content.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentLanguage { get; set; }

    /// <summary>How long it may be cached.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CacheControl { get; set; }

    /// <summary>Metadata of your own.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Metadata { get; set; }

    /// <summary>The storage class; without it, the bucket's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StorageClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StorageClass { get; set; }

    /// <summary>A time of your own; lifecycle rules can use it.</summary>
    [Parameter]
    public DateTime? CustomTime { get; set; }

    /// <summary>Only where no object of that name is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Only over this generation; 0: only where no object is.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? IfGenerationMatch { get; set; }

    /// <summary>Only over an object with this metageneration.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? IfMetagenerationMatch { get; set; }

    /// <summary>A customer-supplied key to encrypt with: the Base64 of 32 bytes. Cloud Storage does not keep it.</summary>
    [Parameter]
    [Secret]
    [ValidateNotNull]
    public SecureString? EncryptionKey { get; set; }

    /// <summary>The Cloud KMS key to encrypt with; without it, the bucket's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KmsKeyName { get; set; }

    /// <summary>Pack files with gzip, and say so in their encoding.</summary>
    [Parameter]
    public SwitchParameter Gzip { get; set; }

    /// <summary>Send several parts of a large file at a time.</summary>
    [Parameter]
    public SwitchParameter Parallel { get; set; }

    /// <summary>When stopped, leave nothing behind that a later run could go on with.</summary>
    [Parameter]
    public SwitchParameter NoResume { get; set; }

    /// <summary>How many files are uploaded at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = DefaultAtOnce;

    private bool IsToObject => ParameterSetName is ValueByObject or FileByObject;

    private protected override Task BeginAsync()
    {
        Demand(NoClobber && IfGenerationMatch is not null, "-NoClobber", "-IfGenerationMatch");
        Demand(NoClobber && IfMetagenerationMatch is not null, "-NoClobber", "-IfMetagenerationMatch");
        Demand(EncryptionKey is not null && KmsKeyName is not null, "-EncryptionKey", "-KmsKeyName");
        Demand(Gzip && ContentEncoding is not null, "-Gzip", "-ContentEncoding");
        Demand(Gzip && ParameterSetName == ValueByObject, "-Gzip", "-Value");

        // The multipart upload knows no conditions, and what cannot be made safe is not done silently.
        string? condition = NoClobber ? "-NoClobber" : IfGenerationMatch is not null ? "-IfGenerationMatch" : IfMetagenerationMatch is not null ? "-IfMetagenerationMatch" : null;
        Demand(Parallel && condition is not null, "-Parallel", condition ?? string.Empty);
        _key = CustomerKey.From(EncryptionKey, "-EncryptionKey");
        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        switch (ParameterSetName)
        {
            case FileByName:
                foreach (string file in File)
                {
                    await TakeFileAsync(file, file);
                }

                break;
            case ValueByName:
                await TakeValueAsync();
                break;
            default:
                foreach (GcsObject target in InputObject)
                {
                    await ReplaceAsync(target);
                }

                break;
        }
    }

    private protected override async Task EndAsync()
    {
        try
        {
            await EndValueAsync();
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
            _feed?.Dispose();
        }
    }

    private async Task ReplaceAsync(GcsObject target)
    {
        ObjectAddress address = new(target.Bucket, target.Name);
        long? condition = NoClobber ? 0 : IfGenerationMatch ?? target.Generation;
        if (ParameterSetName == FileByObject)
        {
            string path = FileSystemPaths.Resolve(this, File.Length == 1 ? File[0] : throw Errors.UploadNameTaken(target.Name));
            await UploadFileAsync(path, address, target, condition);
        }
        else if (ShouldProcess(address.ToString(), Strings.ActionWriteValue))
        {
            byte[] bytes = ContentBytes.Of(Value, Encoding);
            await ForItemAsync(target, async () =>
            {
                using MemoryStream content = new(bytes, writable: false);
                ObjectUpload upload = Request(address, condition) with { Stream = content, Properties = PropertiesOf(ContentBytes.IsText(Value)) };
                WriteObject((await Engine.UploadAsync(Session, upload, Call)).Object);
            });
        }
    }

    private ObjectUpload Request(ObjectAddress target, long? condition) => new()
    {
        Target = target,
        Properties = PropertiesOf(isText: false),
        IfGenerationMatch = condition,
        IfMetagenerationMatch = IfMetagenerationMatch,
        Key = _key,
        Gzip = Gzip,
        Parallel = Parallel,
        NoResume = NoResume,
    };

    private ObjectProperties PropertiesOf(bool isText) => new()
    {
        ContentType = ContentType ?? (isText ? TextTypeOf(Encoding) : null),
        ContentEncoding = ContentEncoding,
        ContentDisposition = ContentDisposition,
        ContentLanguage = ContentLanguage,
        CacheControl = CacheControl,
        StorageClass = StorageClass?.ToUpperInvariant(),
        CustomTime = CustomTime,
        KmsKeyName = KmsKeyName,
        Metadata = StringMaps.From(Metadata),
    };

    private static string TextTypeOf(Encoding encoding) =>
        encoding is UTF8Encoding ? TextType : "text/plain; charset=" + encoding.WebName;

    private static string Display(string format, string argument) => string.Format(CultureInfo.CurrentCulture, format, argument);

    private static void Demand(bool both, string one, string other)
    {
        if (both)
        {
            throw Errors.ParametersExclude(one, other);
        }
    }
}
