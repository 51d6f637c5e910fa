using System.IO.Compression;

namespace GcpEmulator.Http;

/// <summary>What every request goes through: the log, the faults, the handler, the answer with a fixed length.</summary>
internal sealed class RequestPipeline(
    EmulatedCloud cloud,
    Func<EmulatedRequest, EmulatedService> classify,
    Func<EmulatedRequest, ValueTask<Reply>> handler,
    CancellationToken stopping)
{
    public async Task ProcessAsync(HttpContext context)
    {
        EmulatedRequest request = new(context);
        EmulatedService service = classify(request);
        if (service == EmulatedService.Control)
        {
            await request.ReadBodyAsync();
            await SendAsync(context, request, await AnswerAsync(request), null);
            return;
        }

        LoggedRequest entry = cloud.Requests.Begin(service, request);
        try
        {
            await request.ReadBodyAsync();
            entry.SetBody(request.Body.Span);
            await ProcessLoggedAsync(context, request, service, entry);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            context.Abort(); // the client went away, or the emulator stops
        }
        finally
        {
            cloud.Requests.Finish(entry, entry.Status);
        }
    }

    private async Task ProcessLoggedAsync(HttpContext context, EmulatedRequest request, EmulatedService service, LoggedRequest entry)
    {
        Fault? fault = cloud.Faults.Take(request.Method, request.Path, request.Query);
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        if (fault?.Delay is TimeSpan delay)
        {
            await Task.Delay(delay, gone.Token);
        }

        if (fault is { Hang: true })
        {
            await Task.Delay(Timeout.Infinite, gone.Token);
        }

        if (fault is { Drop: true })
        {
            context.Abort();
            return;
        }

        Reply reply = fault is { AnswersItself: true } ? fault.Answer(service) : await AnswerAsync(request);
        reply = fault?.Adorn(reply) ?? reply;
        cloud.Requests.Finish(entry, reply.Status); // before the first byte: a client that has the answer finds it in the log
        await SendAsync(context, request, reply, fault?.TruncateAfter);
    }

    private async ValueTask<Reply> AnswerAsync(EmulatedRequest request)
    {
        try
        {
            return await handler(request);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Reply.Text("The emulator failed: " + e, "text/plain; charset=utf-8", 500);
        }
    }

    private async Task SendAsync(HttpContext context, EmulatedRequest request, Reply reply, int? truncateAfter)
    {
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        ReadOnlyMemory<byte> body = reply.Body;
        if (cloud.Options.Compress && reply.Compressible && body.Length > 0 && Accepts(request, "gzip"))
        {
            body = Gzip(body);
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Vary = "Accept-Encoding";
        }

        response.ContentType = reply.ContentType;
        foreach ((string name, string value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (reply.Status is 204 or 304)
        {
            return;
        }

        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        if (truncateAfter is not int keep || keep >= body.Length)
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
            return;
        }

        if (keep > 0)
        {
            await response.BodyWriter.WriteAsync(body[..keep], context.RequestAborted);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
            return; // fewer bytes than promised: the server closes the connection behind them
        }

        await response.StartAsync(context.RequestAborted);
        context.Abort();
    }

    private static bool Accepts(EmulatedRequest request, string encoding) =>
        request.Header("Accept-Encoding")?.Contains(encoding, StringComparison.OrdinalIgnoreCase) ?? false;

    private static byte[] Gzip(ReadOnlyMemory<byte> body)
    {
        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        return buffer.ToArray();
    }
}
