using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <content>What is done about one name.</content>
public sealed partial class SyncGcsDirectoryCommand
{
    // Only over what was listed: what came meanwhile is somebody else's.
    private Task<TransferResult> UploadAsync(SyncItem item, SyncRequest request, ITransferProgress progress) => Engine.UploadAsync(
        Session,
        new ObjectUpload
        {
            Target = AddressOf(item, request),
            Path = item.File,
            Properties = new ObjectProperties { Metadata = TimeOf(item) },
            IfGenerationMatch = item.Existing?.Generation ?? 0,
            Progress = progress,
        },
        Call);

    private async Task DownloadAsync(SyncItem item, ITransferProgress progress)
    {
        _guard!.Prepare(item.File!);
        await Engine.DownloadAsync(
            Session,
            new ObjectDownload { Source = item.Object!, Path = item.File!, Overwrite = true, ModifiedTime = item.Modified, Progress = progress },
            Call);
    }

    private Task<GcsObject> CopyAsync(SyncItem item, SyncRequest request) => Engine.CopyObjectAsync(
        Session,
        new ObjectCopy(item.Object!, AddressOf(item, request)) { IfGenerationMatch = item.Existing?.Generation ?? 0 },
        Call);

    private Task TouchAsync(SyncItem item)
    {
        if (item.Object is null)
        {
            return Engine.UpdateObjectAsync(Session, new ObjectUpdate(item.Existing!, new ObjectChanges { AddMetadata = TimeOf(item) }), Call);
        }

        try
        {
            File.SetLastWriteTimeUtc(item.File!, item.Modified);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.OutFileFailed(item.File!, e.Message);
        }

        return Task.CompletedTask;
    }

    private async Task DeleteAsync(SyncPlan plan, SyncRequest request)
    {
        if (_failures > 0 || !plan.IsComplete)
        {
            WriteFailure(Errors.SyncDeletionSkipped(request.Destination.ToString()), request.Destination.ToString());
            return;
        }

        DeletionQueue queue = new(
            MakeSideBySide(DeletionQueue.AtOnce),
            items => Engine.DeleteObjectsAsync(Session, items, Call),
            (failure, target) => Report(failure, DestinationOf((SyncItem)target!, request)),
            target => Emit((SyncItem)target!, request));
        foreach (SyncItem item in plan.Deletions)
        {
            if (!ShouldProcess(DestinationOf(item, request), ActionOf(item, request)))
            {
                continue;
            }

            if (item.Object is { } listed)
            {
                await queue.AddAsync(DeletionQueue.DeletionOf(listed), item);
            }
            else
            {
                DeleteFile(item, request);
            }
        }

        await queue.FinishAsync();
    }

    private void DeleteFile(SyncItem item, SyncRequest request)
    {
        try
        {
            File.Delete(item.File!);
            DeleteEmptyFolders(Path.GetDirectoryName(item.File!), request.Destination.Folder!);
            Emit(item, request);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Errors.SyncFileNotDeleted(item.File!, e.Message), item.File!);
        }
    }

    private static void DeleteEmptyFolders(string? folder, string root)
    {
        while (folder is not null && folder.Length > root.Length && folder.StartsWith(root, StringComparison.Ordinal))
        {
            using (IEnumerator<string> entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator())
            {
                if (entries.MoveNext())
                {
                    return;
                }
            }

            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder);
        }
    }

    private static ObjectAddress AddressOf(SyncItem item, SyncRequest request) =>
        new(request.Destination.Bucket!, request.Destination.Prefix + item.Name);

    private static Dictionary<string, string> TimeOf(SyncItem item) => new() { [FileTimes.Key] = FileTimes.Text(item.Modified) };
}
