using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Testing;

/// <summary>
/// Operations that end after being asked for a number of times: google.longrunning.Operation (AIP-151), or with style=compute those of
/// Compute Engine (discovery document of Compute v1, schema Operation). The request's body may hold what they end with: response, error,
/// warnings.
/// </summary>
internal sealed class TestOperations
{
    private readonly ConcurrentDictionary<string, Running> _running = new(StringComparer.Ordinal);
    private int _last;

    public Reply Start(EmulatedRequest request, string parent)
    {
        string id = "op-" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        int polls = int.TryParse(request.Parameter("polls"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 1;
        JsonObject outcome = request.Body.Length > 0 ? JsonNode.Parse(request.Body.Span) as JsonObject ?? [] : [];
        Running running = new(id, parent, request.Parameter("style") == "compute", polls, outcome);
        _running["operations/" + id] = running;
        return running.Describe(0);
    }

    public Reply Get(string name) => _running.TryGetValue(name, out Running? running)
        ? running.Describe(1)
        : GoogleErrors.NotFound("Operation not found: " + name);

    private sealed class Running(string id, string parent, bool isCompute, int polls, JsonObject outcome)
    {
        private int _polled;

        public Reply Describe(int step)
        {
            int polled = Interlocked.Add(ref _polled, step);
            bool isDone = polled >= polls;
            JsonObject answer = isCompute ? Compute(isDone, polled) : LongRunning(isDone, polled);
            return Reply.Json(ErrorBody.Serialize(answer));
        }

        private JsonObject LongRunning(bool isDone, int polled)
        {
            JsonObject answer = new()
            {
                ["name"] = "operations/" + id,
                ["metadata"] = new JsonObject { ["@type"] = "type.googleapis.com/testing.Metadata", ["progressPercent"] = Percent(polled) },
            };
            if (isDone)
            {
                answer["done"] = true;
                string result = outcome.ContainsKey("error") ? "error" : "response";
                answer[result] = outcome[result]?.DeepClone() ?? new JsonObject();
            }

            return answer;
        }

        // The real ones name www.googleapis.com in selfLink, whichever host was asked.
        private JsonObject Compute(bool isDone, int polled)
        {
            JsonObject answer = new()
            {
                ["kind"] = "compute#operation",
                ["name"] = id,
                ["operationType"] = "insert",
                ["status"] = isDone ? "DONE" : polled == 0 ? "PENDING" : "RUNNING",
                ["progress"] = isDone ? 100 : Percent(polled),
                ["selfLink"] = "https://www.googleapis.com/testing/v1/operations/" + id,
                ["targetLink"] = "https://www.googleapis.com/testing/v1/" + parent + "/thing",
            };
            foreach (string part in new[] { "error", "warnings" })
            {
                if (isDone && outcome[part] is { } value)
                {
                    answer[part] = value.DeepClone();
                }
            }

            return answer;
        }

        private int Percent(int polled) => polls == 0 ? 100 : Math.Min(100, polled * 100 / polls);
    }
}
