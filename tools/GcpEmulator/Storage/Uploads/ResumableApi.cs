using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>uploadType=resumable ("Perform resumable uploads", "Resumable uploads").</summary>
internal sealed class ResumableApi(CloudState state)
{
    public async ValueTask<Reply> StartAsync(EmulatedRequest request, string bucket, string? nameInPath)
    {
        EmulatedBucket settings = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        await request.ReadBodyAsync();
        JsonObject resource = ObjectResource.Parse(request.Body);
        _ = ObjectResource.Select(resource);
        string name = ObjectNames.Check(nameInPath ?? request.Parameter("name") ?? resource["name"]?.ToString());
        Preconditions conditions = Preconditions.Read(request);
        StoredObject? live = state.Buckets.Contents(bucket)!.Objects.Find(name);
        conditions.Check(live); // early, and again at the end
        Retention.CheckRemoval(live, settings, state.Objects.Now);
        string id = "ABg5-" + Base64Url.Encode(RandomNumberGenerator.GetBytes(72));
        state.Objects.Sessions.Add(new ResumableSession(id, bucket, name, resource, state.Objects.Folder.CreateWriter())
        {
            ContentType = request.Header("X-Upload-Content-Type"),
            ExpectedLength = long.TryParse(request.Header("X-Upload-Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                ? length
                : null,
            CustomerKeySha256 = CustomerKey.Read(request),
            KmsKeyName = request.Parameter("kmsKeyName"),
            Conditions = conditions,
            StartedAt = state.Objects.Now,
        });

        // As the real service: the request's own address with the id behind it.
        return Reply.Bytes(ReadOnlyMemory<byte>.Empty, "text/plain; charset=utf-8")
            .With("Location", $"http://{request.Host}{request.Path}?{request.Query}&upload_id={id}")
            .With("X-GUploader-UploadID", id);
    }

    public async ValueTask<Reply> ContinueAsync(EmulatedRequest request)
    {
        string id = request.Parameter("upload_id") ?? string.Empty;
        if (state.Objects.Sessions.Find(id) is not ResumableSession session)
        {
            return Reply.Text("Not Found", Reply.HtmlType, 404); // ASSUMED: the text; "404: the session expired"
        }

        await session.Gate.WaitAsync(request.Aborted);
        try
        {
            return await ContinueAsync(request, session);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private async ValueTask<Reply> ContinueAsync(EmulatedRequest request, ResumableSession session)
    {
        if (request.Fault is { LoseSession: true })
        {
            state.Objects.Sessions.Remove(session);
            return Reply.Text("Gone", Reply.HtmlType, 410);
        }

        if (session.IsCancelled)
        {
            return Reply.Text("Client Closed Request", Reply.HtmlType, 499); // "Cancel an upload": 499 from then on
        }

        if (request.Method == "DELETE")
        {
            if (session.Result is null)
            {
                session.IsCancelled = true;
                session.Writer.Dispose();
            }

            return Reply.Empty(499);
        }

        if (request.Method is not ("PUT" or "POST"))
        {
            return Reply.Text("Method Not Allowed", Reply.HtmlType, 405); // ASSUMED
        }

        ContentRange? range = ContentRange.Parse(request.Header("Content-Range"));
        if (session.Result is StoredObject done)
        {
            return UploadEnd.Answer(request, done, Settings(session), session.CustomerKeySha256 is not null);
        }

        Reply reply = range is { IsQuestion: true } question ? Status(request, session, question) : await TakeAsync(request, session, range);
        if (request.Fault?.ForgetBytes is long forgotten && session.IsOpen)
        {
            session.Writer.Truncate(Math.Max(0, session.Writer.Length - forgotten) / ResumableSession.Unit * ResumableSession.Unit);
            return Incomplete(request, session);
        }

        return reply;
    }

    /// <summary>bytes */N: how far it has come; the end of it if all bytes are there already.</summary>
    private Reply Status(EmulatedRequest request, ResumableSession session, ContentRange question) =>
        question.Total is long total && total == session.Writer.Length ? Finish(request, session) : Incomplete(request, session);

    private async ValueTask<Reply> TakeAsync(EmulatedRequest request, ResumableSession session, ContentRange? range)
    {
        long from = range?.From ?? 0;
        long persisted = session.Writer.Length;
        if (from > persisted)
        {
            // Text: googleapis/google-cloud-go and google-resumable-media reports
            throw StorageException.Invalid(string.Create(CultureInfo.InvariantCulture,
                $"Invalid request.  According to the Content-Range header, the upload offset is {from} byte(s), which exceeds already uploaded size of {persisted} byte(s)."));
        }

        long? count = range is null ? null : range.Value.To - from + 1;
        bool isLast = range is null || range.Value.To is null || range.Value.To + 1 == range.Value.Total;
        if (!isLast && count % ResumableSession.Unit != 0)
        {
            throw StorageException.Invalid("Chunk sizes must be a multiple of 256 KiB, except for the last chunk."); // documented; ASSUMED: the text
        }

        long? announced = range?.Total ?? session.ExpectedLength;
        if (session.ExpectedLength is long expected && range?.Total is long total && total != expected)
        {
            throw StorageException.Invalid("The Content-Range header does not match X-Upload-Content-Length."); // ASSUMED: the text
        }

        long got;
        try
        {
            // Bytes that are there already are passed over.
            got = await BodyCopy.ToAsync(request.BodyReader, session.Writer, request.Aborted, persisted - from, count ?? long.MaxValue);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            Keep(session, persisted);
            throw;
        }

        if (count is long wanted && got < wanted)
        {
            Keep(session, persisted);
            throw StorageException.Invalid("The request body is shorter than its headers say."); // ASSUMED: the text
        }

        return !isLast ? Incomplete(request, session)
            : announced is null || announced == session.Writer.Length ? Finish(request, session)
            : range?.To is null && session.Writer.Length < announced ? Incomplete(request, session)
            : throw StorageException.Invalid("The upload's size does not match what was announced."); // ASSUMED: the text
    }

    private static void Keep(ResumableSession session, long before) =>
        session.Writer.Truncate(Math.Max(before, session.Writer.Length / ResumableSession.Unit * ResumableSession.Unit));

    private Reply Finish(EmulatedRequest request, ResumableSession session)
    {
        try
        {
            EmulatedBucket settings = Settings(session);
            ObjectDraft draft = UploadEnd.Draft(request, session.Name, session.Resource, session.ContentType, session.CustomerKeySha256, session.Writer);
            session.Result = UploadEnd.Store(state, settings, draft with { KmsKeyName = session.KmsKeyName ?? draft.KmsKeyName }, session.Conditions);
            return UploadEnd.Answer(request, session.Result, settings, session.CustomerKeySha256 is not null);
        }
        catch (StorageException)
        {
            state.Objects.Sessions.Remove(session); // ASSUMED: a session whose end is refused is of no use any more
            throw;
        }
    }

    /// <summary>308 Resume Incomplete, without Range while there is nothing.</summary>
    private static Reply Incomplete(EmulatedRequest request, ResumableSession session)
    {
        // Go's library (rclone) cannot take a 308: googleapis/google-api-go-client, internal/gensupport, asks for a 200 that says so.
        bool overrides = request.Header("X-GUploader-No-308") == "yes";
        Reply reply = Reply.Bytes(ReadOnlyMemory<byte>.Empty, "text/plain; charset=utf-8", overrides ? 200 : 308).With("X-GUploader-UploadID", session.Id);
        if (overrides)
        {
            reply.With("X-Http-Status-Code-Override", "308");
        }

        return session.Writer.Length == 0
            ? reply
            : reply.With("Range", string.Create(CultureInfo.InvariantCulture, $"bytes=0-{session.Writer.Length - 1}"));
    }

    private EmulatedBucket Settings(ResumableSession session) => state.Buckets.Find(session.Bucket) ?? throw StorageException.NoBucket();
}
