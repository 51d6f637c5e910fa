namespace GcpEmulator.Http;

/// <summary>What every request goes through: the log, the faults, the handler, the answer with a fixed length.</summary>
internal sealed class RequestPipeline(
    EmulatedCloud cloud,
    Func<EmulatedRequest, EmulatedService> classify,
    Func<EmulatedRequest, ValueTask<Reply>> handler,
    CancellationToken stopping)
{
    private readonly ReplyWriter _writer = new(cloud);

    public async Task ProcessAsync(HttpContext context)
    {
        EmulatedRequest request = new(context);
        EmulatedService service = classify(request);
        if (service == EmulatedService.Control)
        {
            await request.ReadBodyAsync();
            await _writer.SendAsync(context, request, await AnswerAsync(request), null);
            return;
        }

        LoggedRequest entry = cloud.Requests.Begin(service, request);
        try
        {
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
        bool streams = service == EmulatedService.Storage && Storage.StorageRoutes.Streams(request);
        if (!streams)
        {
            await request.ReadBodyAsync();
            entry.SetBody(request.Body.Span);
        }

        Fault? fault = cloud.Faults.Take(service, request.Method, request.Path, request.Query);
        (request.Fault, request.Faults) = (fault, cloud.Faults);
        if (fault is not null)
        {
            using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            if (!await GoesOnAsync(context, fault, ends.Token))
            {
                return;
            }
        }

        Reply reply = fault is { AnswersItself: true } ? fault.Answer(service) : await AnswerAsync(request);
        if (streams)
        {
            entry.SetBody(request.Body.Span);
        }

        if (fault is { LoseAnswer: true })
        {
            context.Abort();
            return;
        }

        reply = fault?.Adorn(reply) ?? reply;
        cloud.Requests.Finish(entry, reply.Status); // before the first byte: a client that has the answer finds it in the log
        await _writer.SendAsync(context, request, reply, fault);
    }

    /// <summary>What a fault does before the request is looked at; false if that was all.</summary>
    private static async Task<bool> GoesOnAsync(HttpContext context, Fault fault, CancellationToken ct)
    {
        if (fault.Delay is TimeSpan delay)
        {
            await Task.Delay(delay, ct);
        }

        if (fault.Hang)
        {
            await Task.Delay(Timeout.Infinite, ct);
        }

        if (fault.Drop)
        {
            context.Abort();
        }

        return !fault.Drop;
    }

    private async ValueTask<Reply> AnswerAsync(EmulatedRequest request)
    {
        try
        {
            return await handler(request);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException))
        {
            return Reply.Text("The emulator failed: " + e, "text/plain; charset=utf-8", 500);
        }
    }
}
