using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>
/// The doctor at work. The first page starts every check; each waits for nothing but the facts it needs. Pages come in the order of
/// the list, whichever check is done first.
/// </summary>
internal sealed class DiagnosisRun(SessionRecord session, DiagnosisRequest request) : IPager<GcpAuthenticationCheck>
{
    private Queue<Check>? _left;
    private CancellationToken _limit;

    public async Task<ResultPage<GcpAuthenticationCheck>?> NextAsync(EngineCall call)
    {
        _left ??= Start(call);
        if (_left.Count == 0)
        {
            return null;
        }

        Check next = _left.Dequeue();
        return new ResultPage<GcpAuthenticationCheck>(
            await next.FinishAsync(request.TimeoutSeconds, _limit, call.Stopping).ConfigureAwait(false), []);
    }

    private Queue<Check> Start(EngineCall call)
    {
        // Not disposed of: what is still under way when the time is up may look at it later. Its timer ends with it.
        CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stopping);
        limit.CancelAfter(request.Timeout);
        _limit = limit.Token;
        DiagnosisFacts facts = new(session, request, new EngineCall(call.Events, _limit));
        Queue<Check> checks = new(
        [
            .. new SourceChecks(facts).All(),
            .. new MetadataChecks(facts).All(),
            .. new TokenChecks(facts).All(),
            .. new NetworkChecks(facts).All(),
            .. new ApiChecks(facts).All(),
            .. new PermissionChecks(facts).All(),
        ]);
        foreach (Check check in checks)
        {
            check.Start();
        }

        return checks;
    }
}
