using System;
using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <content>Where contents come from: files and folders, and what comes down the pipeline.</content>
public sealed partial class WriteGcsObjectCommand
{
    private FeedStream? _feed;
    private Task<TransferResult>? _feeding;
    private ObjectAddress? _fedTarget;
    private object? _held;
    private bool _isHeld;
    private bool _isRefused;
    private bool _isJoined;

    // ---- files ----

    private async Task TakeFileAsync(string path, object target)
    {
        string? full = null;
        await ForItemAsync(target, () =>
        {
            full = FileSystemPaths.Resolve(this, path);
            return Task.CompletedTask;
        });
        if (full is null)
        {
            return;
        }

        if (Directory.Exists(full))
        {
            await ForItemAsync(target, () => TakeFolderAsync(full));
            return;
        }

        await ForItemAsync(target, async () =>
        {
            ObjectAddress address = AddressOf(Path.GetFileName(full));
            if (_files++ > 0 && HasWholeName)
            {
                throw Errors.UploadNameTaken(address.Name);
            }

            await UploadFileAsync(full, address, target, NoClobber ? 0 : IfGenerationMatch);
        });
    }

    private async Task TakeFolderAsync(string folder)
    {
        if (!Recurse)
        {
            throw Errors.FolderNeedsRecurse(folder);
        }

        if (HasWholeName)
        {
            throw Errors.UploadNameTaken(AddressOf(string.Empty).Name);
        }

        string root = folder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        FolderFiles files = new(root, Include, Exclude, skipped => Warn(nameof(Strings.WarnFolderLinkSkipped), skipped));
        foreach (string file in files.All())
        {
            string name = ObjectPaths.NameOf(root, file);
            await ForItemAsync(file, () => UploadFileAsync(file, AddressOf(name), file, NoClobber ? 0 : IfGenerationMatch));
        }
    }

    private async Task UploadFileAsync(string path, ObjectAddress address, object target, long? condition)
    {
        if (!ShouldProcess(address.ToString(), Display(Strings.ActionWriteObject, path)))
        {
            return;
        }

        _work ??= MakeSideBySide(ThrottleLimit);
        _progress ??= new ProgressMeter(WriteProgress, Strings.ProgressUpload);
        await _work.StartAsync(() => ForItemAsync(target, async () =>
        {
            using ProgressMeter.Item progress = _progress.Start(address.Name);
            ObjectUpload upload = Request(address, condition) with { Path = path, Progress = progress };
            WriteObject((await Engine.UploadAsync(Session, upload, Call)).Object);
        }));
    }

    // ---- the pipeline ----

    private async Task TakeValueAsync()
    {
        object? value = ContentBytes.Bare(Value);
        switch (value)
        {
            case FileSystemInfo file:
                await TakeFileAsync(file.FullName, file);
                return;
            case string path when !HasWholeName:
                await TakeFileAsync(path, path);
                return;
        }

        if (!HasWholeName)
        {
            throw Errors.UploadNeedsName(Bucket);
        }

        // The first is held back: alone it is the content as it stands, of several texts each is a line.
        if (_isHeld)
        {
            _isHeld = false;
            _isJoined = true;
            await FeedAsync(_held);
            _held = null;
        }
        else if (_feeding is null && !_isRefused)
        {
            _held = value;
            _isHeld = true;
            return;
        }

        await FeedAsync(value);
    }

    private async Task FeedAsync(object? value)
    {
        if (_isRefused)
        {
            return;
        }

        byte[] block = BytesOf(value);
        if (_feeding is null)
        {
            ObjectAddress address = AddressOf(string.Empty);
            if (!ShouldProcess(address.ToString(), Strings.ActionWriteValue))
            {
                _isRefused = true;
                return;
            }

            _feed = new FeedStream();
            _fedTarget = address;
            ObjectUpload upload = Request(address, NoClobber ? 0 : IfGenerationMatch) with
            {
                Stream = _feed,
                Gzip = false,
                Properties = PropertiesOf(ContentBytes.IsText(value)),
            };
            _feeding = Engine.UploadAsync(Session, upload, Call);
        }

        // What failed takes no more; the end says why.
        await Task.WhenAny(_feed!.PutAsync(block), _feeding);
        _isRefused = _feeding.IsFaulted || _feeding.IsCanceled;
    }

    private byte[] BytesOf(object? value)
    {
        if (value is string text && _isJoined)
        {
            return Encoding.GetBytes(text + Environment.NewLine);
        }

        return ContentBytes.Of(value, Encoding);
    }

    private async Task EndValueAsync()
    {
        if (_isHeld)
        {
            _isHeld = false;
            await ForItemAsync(_held, () => FeedAsync(_held));
        }

        if (_feeding is null)
        {
            return;
        }

        _feed!.End();
        await ForItemAsync(_fedTarget!.ToString(), async () => WriteObject((await _feeding).Object));
    }

    // ---- names ----

    private bool HasWholeName => Name is not null || (GcsUri.IsUri(Bucket) && Bucket.IndexOf('/', 5) is var slash and > 0
        && slash < Bucket.Length - 1 && !Bucket.EndsWith("/", StringComparison.Ordinal));

    private ObjectAddress AddressOf(string own)
    {
        string bucket = Bucket;
        string path = string.Empty;
        if (GcsUri.IsUri(Bucket))
        {
            string rest = Bucket.Substring(5);
            int slash = rest.IndexOf('/');
            (bucket, path) = slash < 0 ? (rest, string.Empty) : (rest.Substring(0, slash), rest.Substring(slash + 1));
            if (bucket.Length == 0)
            {
                throw Errors.StorageUriInvalid(Bucket);
            }

            if (path.Length > 0 && !path.EndsWith("/", StringComparison.Ordinal))
            {
                return Name is null ? new ObjectAddress(bucket, Prefix + path) : throw Errors.ObjectNameTwice(Bucket, Name);
            }
        }

        return new ObjectAddress(bucket, path + Prefix + (Name ?? own));
    }
}
