using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// An operation that goes on after the answer to the request that started it. Two forms: google.longrunning.Operation
/// (https://google.aip.dev/151) and the one of Compute Engine, which Kubernetes Engine and Cloud SQL have too
/// (https://cloud.google.com/compute/docs/reference/rest/v1/globalOperations).
/// </summary>
internal sealed class RestOperation
{
    private static readonly HashSet<string> s_longRunning = new(StringComparer.Ordinal)
    {
        "name", "metadata", "done", "error", "response", "kind", "selfLink",
    };

    private readonly Dictionary<string, object?> _members;

    private RestOperation(Dictionary<string, object?> members, string name, bool isLongRunning, Uri address)
    {
        _members = members;
        Name = name;
        IsLongRunning = isLongRunning;
        Address = address;
    }

    public string Name { get; }

    /// <summary>Where it is asked for: on the host, and below the version, of the request that started it.</summary>
    public Uri Address { get; }

    public bool IsDone => IsLongRunning ? Member("done") is true : Text("status") == "DONE";

    /// <summary>0 to 100; null where the service does not say.</summary>
    public int? Percent
    {
        get
        {
            object? value = IsLongRunning
                ? Member("metadata", "progressPercent") ?? Member("metadata", "progress") ?? Member("metadata", "progressPercentage")
                : Member("progress");
            return value is long percent and >= 0 and <= 100 ? (int)percent : null;
        }
    }

    /// <summary>PENDING, RUNNING ...; null where the service does not say.</summary>
    public string? State => IsLongRunning ? Member("metadata", "state") as string : Text("status");

    /// <summary>What it came to: the response, or the operation itself where its kind has none; null for nothing.</summary>
    public object? Result
    {
        get
        {
            if (!IsLongRunning)
            {
                return _members;
            }

            return Member("response") is Dictionary<string, object?> response && !IsEmpty(response) ? response : null;
        }
    }

    /// <summary>Why it failed; empty where it did not.</summary>
    public IReadOnlyList<GcpException> Failures => RestOperationErrors.Of(_members, Name);

    /// <summary>What the service has to remark.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            List<string> result = new();
            foreach (object? item in Member("warnings") as List<object?> ?? new List<object?>())
            {
                if (item is Dictionary<string, object?> warning && warning.TryGetValue("message", out object? text) && text is string message)
                {
                    result.Add(message);
                }
            }

            return result;
        }
    }

    private bool IsLongRunning { get; }

    /// <summary>The operation; null where the answer is none.</summary>
    /// <param name="value">The answer.</param>
    /// <param name="request">The address of the request that it answers.</param>
    /// <exception cref="GcpException">It is one, and its name is none that an address may be made of.</exception>
    public static RestOperation? From(object? value, Uri request)
    {
        if (value is not Dictionary<string, object?> members || Text(members, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        if (Text(members, "status") is not null && Text(members, "operationType") is not null && Text(members, "selfLink") is { } link)
        {
            string path = Uri.TryCreate(link, UriKind.Absolute, out Uri? self) ? self.AbsolutePath : link;
            return new RestOperation(members, name, isLongRunning: false, AddressOf(request, path.Substring(VersionEnd(path))));
        }

        bool isNamed = name.StartsWith("operations/", StringComparison.Ordinal) || name.IndexOf("/operations/", StringComparison.Ordinal) >= 0;
        foreach (string member in members.Keys)
        {
            if (!s_longRunning.Contains(member))
            {
                return null;
            }
        }

        return isNamed || members.ContainsKey("done")
            ? new RestOperation(members, name, isLongRunning: true, AddressOf(request, name))
            : null;
    }

    // The host of the request, never one that an answer names: the token goes with the question.
    private static Uri AddressOf(Uri request, string name)
    {
        foreach (char c in name)
        {
            bool isPlain = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            if (!isPlain && "-._~!$&'()*+,;=:@%/".IndexOf(c) < 0)
            {
                throw Errors.RestOperationInvalid(name);
            }
        }

        string path = request.AbsolutePath;
        bool leaves = name.StartsWith("/", StringComparison.Ordinal) || name.IndexOf("//", StringComparison.Ordinal) >= 0
            || ("/" + name + "/").Contains("/../") || name.IndexOf("%2e", StringComparison.OrdinalIgnoreCase) >= 0;
        return leaves
            ? throw Errors.RestOperationInvalid(name)
            : new Uri(request.GetLeftPart(UriPartial.Authority) + path.Substring(0, VersionEnd(path)) + name);
    }

    // Behind the slash that follows "v1", "v2beta1" ...; behind the first slash where there is no version.
    private static int VersionEnd(string path)
    {
        int first = path.StartsWith("/", StringComparison.Ordinal) ? 1 : 0;
        int start = first;
        while (start < path.Length)
        {
            int end = path.IndexOf('/', start);
            if (end < 0)
            {
                break;
            }

            if (end - start >= 2 && path[start] == 'v' && path[start + 1] is >= '0' and <= '9')
            {
                return end + 1;
            }

            start = end + 1;
        }

        return first;
    }

    private static bool IsEmpty(Dictionary<string, object?> response) =>
        response.Count == 0 || (response.Count == 1 && Text(response, "@type") is { } type && type.EndsWith(".Empty", StringComparison.Ordinal));

    private static string? Text(Dictionary<string, object?> members, string name) =>
        members.TryGetValue(name, out object? value) ? value as string : null;

    private string? Text(string name) => Text(_members, name);

    private object? Member(string name) => _members.TryGetValue(name, out object? value) ? value : null;

    private object? Member(string outer, string name) =>
        Member(outer) is Dictionary<string, object?> inner && inner.TryGetValue(name, out object? value) ? value : null;
}
