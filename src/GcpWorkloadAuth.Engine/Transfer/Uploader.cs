using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Makes one source the content of one object: chooses how, makes it safe, and checks what came of it.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="objects">Looks at what is there.</param>
/// <param name="request">What is wanted.</param>
/// <param name="call">Whom to tell, when to stop.</param>
internal sealed partial class Uploader(MediaClient client, ObjectService objects, ObjectUpload request, EngineCall call)
{
    /// <summary>Up to here one request carries all; above, a session that can be gone on with.</summary>
    public const int OneRequest = 8 * 1024 * 1024;

    private const int MaxLooks = 4;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Patience _patience = new();
    private long _resumed;

    // True once a request may have been carried out without its answer coming back.
    private bool _isLost;

    public async Task<TransferResult> RunAsync()
    {
        try
        {
            if (request.Stream is { } stream)
            {
                return await RunStreamAsync(stream).ConfigureAwait(false);
            }

            using UploadSource source = Open();
            return await RunSourceAsync(source).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RefusedException or TransportFailure or LocalFailure)
        {
            throw Patience.MeaningOf(e);
        }
    }

    private async Task<TransferResult> RunSourceAsync(UploadSource source)
    {
        request.Progress?.AddTotal(source.Length);
        try
        {
            return await OnceAsync(source).ConfigureAwait(false);
        }
        catch (GcpException failure) when (failure.ErrorId == nameof(Resources.Strings.HashMismatch))
        {
            request.Progress?.Add(-source.Length);
            _isLost = false;
            return await OnceAsync(source).ConfigureAwait(false);
        }
    }

    private async Task<TransferResult> OnceAsync(UploadSource source)
    {
        GcsObject stored = request.Parallel && source.Length > OneRequest
            ? await new PartsUpload(client, objects, request, source, call).RunAsync().ConfigureAwait(false)
            : source.Length <= OneRequest
                ? await SendWholeAsync(source).ConfigureAwait(false)
                : await SendSessionAsync(source).ConfigureAwait(false);
        return new TransferResult(stored, source.Length - _resumed, _resumed, _clock.ElapsedMilliseconds);
    }

    private UploadSource Open()
    {
        FileSource file = new(request.Path!);
        if (!request.Gzip)
        {
            return file;
        }

        using (file)
        {
            return Pack(file);
        }
    }

    // Its length must be known before it goes: packed first, in memory or in a file of our own.
    private UploadSource Pack(FileSource file)
    {
        using FileStream plain = new(request.Path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024);
        if (file.Length <= OneRequest)
        {
            using MemoryStream packed = new();
            Gzip.Pack(plain, packed, call.Stopping);
            file.DemandUnchanged();
            return new MemorySource(file.Name, packed.GetBuffer(), (int)packed.Length, file.Modified);
        }

        string path = Path.Combine(Path.GetTempPath(), "GcpWorkloadAuth." + Guid.NewGuid().ToString("N") + ".gz");
        try
        {
            using (FileStream packed = OwnerOnly.CreateFile(path))
            {
                Gzip.Pack(plain, packed, call.Stopping);
            }

            file.DemandUnchanged();
            return new FileSource(path, file.Name, deletes: true, file.Modified);
        }
        catch (Exception e)
        {
            FileFailures.TryDelete(path);
            if (FileFailures.IsOne(e))
            {
                throw FileFailures.Writing(e, path);
            }

            throw;
        }
    }

    // ---- what is there, and what may be written over ----

    /// <summary>The condition of the first try: the user's own, else what the caller saw, else that nothing is there.</summary>
    private long? FirstCondition => request.IfGenerationMatch ?? (request.IfMetagenerationMatch is null ? request.SeenGeneration ?? 0 : null);

    private bool IsOurCondition => request.IfGenerationMatch is null && request.IfMetagenerationMatch is null;

    /// <summary>
    /// What a refused condition means. The object where an earlier try of ours was carried out after all; else the generation to write over
    /// next; else it throws.
    /// </summary>
    private async Task<(GcsObject? Done, long Next)> SettleAsync(RefusedException refused, long? condition, uint? crc, long? length, int looks)
    {
        GcsObject? there = await LookAsync().ConfigureAwait(false);
        bool isOurs = _isLost && there is not null && there.Generation != condition && crc is not null && there.Size == length
            && Crc32C.Parse(there.Crc32C) == crc;
        if (isOurs)
        {
            return (there, 0);
        }

        if (!IsOurCondition)
        {
            throw request.IfGenerationMatch == 0 ? Errors.ObjectExists(request.Target.ToString()) : refused.Failure;
        }

        long next = there?.Generation ?? 0;
        return looks < MaxLooks && next != condition ? (null, next) : throw refused.Failure;
    }

    private async Task<GcsObject?> LookAsync()
    {
        try
        {
            return await objects.GetAsync(new ObjectAddress(request.Target.Bucket, request.Target.Name), call).ConfigureAwait(false);
        }
        catch (GcpException missing) when (missing.Kind == GcpErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>What was stored is what was sent, or it goes again: just the generation that was written.</summary>
    private async Task<GcsObject> CheckAsync(GcsObject stored, uint crc, long length)
    {
        bool isRight = stored.Size == length && (Crc32C.Parse(stored.Crc32C) is not { } actual || actual == crc);
        if (isRight)
        {
            return stored;
        }

        await objects.DeleteGenerationAsync(stored, call).ConfigureAwait(false);
        throw Errors.HashMismatch(request.Target.ToString(), stored.Crc32C ?? "?", Crc32C.ToText(crc));
    }

    private GcpException BucketNotFound() => Errors.BucketNotFound(request.Target.Bucket);

    private static bool IsLostAnswer(Exception e) => e is TransportFailure || e is RefusedException { Refusal.Status: >= 500 };
}
