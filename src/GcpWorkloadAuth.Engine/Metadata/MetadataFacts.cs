using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>
/// What does not change while a VM runs: its project, zone, name and universe. Asked once a process and server; a failure is not kept.
/// </summary>
internal sealed class MetadataFacts(MetadataReader reader)
{
    private static readonly ConcurrentDictionary<string, string> s_facts = new(StringComparer.Ordinal);

    public MetadataReader Reader { get; } = reader;

    public Task<string> GetProjectAsync(EngineCall call) => GetAsync("project/project-id", call);

    /// <summary>The zone's name; the server answers projects/NUMBER/zones/NAME.</summary>
    public async Task<string> GetZoneAsync(EngineCall call) =>
        Names.LastSegment(await GetAsync("instance/zone", call).ConfigureAwait(false))!;

    public Task<string> GetInstanceNameAsync(EngineCall call) => GetAsync("instance/name", call);

    /// <summary>404 and an empty answer both mean googleapis.com.</summary>
    public async Task<Universe> GetUniverseAsync(EngineCall call)
    {
        string domain = await GetAsync("universe/universe-domain", call, Universe.Default).ConfigureAwait(false);
        return new Universe(domain, isTrusted: true);
    }

    private Task<string> GetAsync(string path, EngineCall call, string? otherwise = null)
    {
        string key = Reader.Client.Address.Host + "|" + path;
        if (s_facts.TryGetValue(key, out string? known))
        {
            return Task.FromResult(known);
        }

        return Worker.RunAsync(() => Ask(key, path, call, otherwise));
    }

    private string Ask(string key, string path, EngineCall call, string? otherwise)
    {
        string? value = Reader.TryGetText(path, call);
        if (string.IsNullOrEmpty(value))
        {
            value = otherwise ?? throw Errors.MetadataPathNotFound(path);
        }

        s_facts[key] = value!;
        return value!;
    }
}
