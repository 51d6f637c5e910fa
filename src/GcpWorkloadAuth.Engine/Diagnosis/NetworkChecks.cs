using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>The way to the hosts that the session needs: proxy, name, connection, TLS; and the clock, which their answers tell.</summary>
internal sealed class NetworkChecks
{
    private const string ProxyName = "Proxy";
    private const string ClockName = "Clock";
    private const string Prefix = "Reach: ";

    // Beyond this Google refuses what is signed with the local clock (a key's assertion, an identity token's life).
    private static readonly TimeSpan s_tolerated = TimeSpan.FromMinutes(5);

    private readonly DiagnosisFacts _facts;
    private readonly List<Task<Fact<HostProbe>>> _probes = [];
    private readonly List<Check> _checks = [];

    public NetworkChecks(DiagnosisFacts facts)
    {
        _facts = facts;
        _checks.Add(new Check(ProxyName, ProxyAsync));
        Add(ApiService.Storage.Title, () => ServiceAsync(ApiService.Storage));
        Add(ApiService.Compute.Title, () => ServiceAsync(ApiService.Compute));
        Add(ApiService.IamCredentials.Title, IamCredentialsAsync);
        Add("token endpoint", TokenEndpointAsync);
        if (facts.Request.Permissions.Count > 0)
        {
            Add(ApiService.ResourceManager.Title, () => ServiceAsync(ApiService.ResourceManager));
        }

        _checks.Add(new Check(ClockName, ClockAsync));
    }

    public IEnumerable<Check> All() => _checks;

    private void Add(string title, Func<Task<Uri?>> find)
    {
        Task<Fact<HostProbe>> probe = ProbeAsync(find);
        _probes.Add(probe);
        _checks.Add(new Check(Prefix + title, timer => ReachAsync(Prefix + title, probe, timer)));
    }

    private async Task<Fact<HostProbe>> ProbeAsync(Func<Task<Uri?>> find)
    {
        Uri? address;
        try
        {
            address = await find().ConfigureAwait(false);
        }
        catch (GcpException refused)
        {
            return Fact<HostProbe>.Failed(refused);
        }

        return address is null
            ? Fact<HostProbe>.None
            : await Fact<HostProbe>.AskAsync(() => HostProbe.AskAsync(address, _facts.Call)).ConfigureAwait(false);
    }

    // A host that this session does not need has no row.
    private static async Task<IReadOnlyList<GcpAuthenticationCheck>> ReachAsync(string name, Task<Fact<HostProbe>> asking, CheckTimer timer)
    {
        timer.Begin();
        Fact<HostProbe> probe = await asking.ConfigureAwait(false);
        if (probe.Failure is { } failure)
        {
            return [Rows.Fail(name, failure, probe.Milliseconds)];
        }

        if (probe.Value is not { } reached)
        {
            return [];
        }

        string way = reached.Proxy is { } proxy ? Rows.Text(Strings.DiagThroughProxy, proxy) : Strings.DiagDirect;
        return reached.Status == 407
            ? [Rows.Fail(name, Rows.Text(Strings.DiagProxyRefuses, reached.Address.Authority, way), Strings.DiagProxyRefusesAdvice, probe.Milliseconds)]
            : [Rows.Pass(name, Rows.Text(Strings.DiagReached, reached.Address.Authority, way, probe.Milliseconds), probe.Milliseconds)];
    }

    private async Task<Uri?> ServiceAsync(ApiService service)
    {
        EngineSession? session = (await _facts.Session.ConfigureAwait(false)).Value;
        return session?.Endpoints.Of(service, await _facts.Universe.ConfigureAwait(false)).Address;
    }

    private async Task<Uri?> IamCredentialsAsync()
    {
        Credential? credential = (await _facts.Credential.ConfigureAwait(false)).Value;
        bool isUsed = credential is MetadataCredential or ImpersonatedCredential;
        return isUsed ? await ServiceAsync(ApiService.IamCredentials).ConfigureAwait(false) : null;
    }

    private async Task<Uri?> TokenEndpointAsync()
    {
        Credential? root = (await _facts.Credential.ConfigureAwait(false)).Value?.Root;
        EngineSession? session = (await _facts.Session.ConfigureAwait(false)).Value;
        return root switch
        {
            FileCredential => session!.Endpoints.TokenEndpoint ?? new Uri("https://oauth2.googleapis.com/"),
            FederatedCredential => session!.Endpoints.NamedByUser(Endpoints.StsService)
                ?? new Uri("https://sts." + Names.Universe(await _facts.Universe.ConfigureAwait(false)) + "/"),
            _ => null,
        };
    }

    private async Task<GcpAuthenticationCheck> ProxyAsync(CheckTimer timer)
    {
        timer.Begin();
        IReadOnlyList<string> named = ProxySettings.Named();
        Uri google = new("https://storage." + Names.Universe(await _facts.Universe.ConfigureAwait(false)) + "/");

        // Asking for the system's proxy may run a script from the network.
        string? used = await Worker.RunAsync(() => ProxySettings.Between(google)).ConfigureAwait(false);
        string variables = named.Count > 0 ? string.Join("; ", named) : Strings.DiagNoProxyVariables;
        string detail = used is null
            ? Rows.Text(Strings.DiagProxyDirect, variables, google.Host)
            : Rows.Text(Strings.DiagProxyUsed, variables, google.Host, used);

        // Said of a proxy that no request of this process goes through, and is not switched off for Google either.
        bool isStale = used is null && ProxySettings.IsNamed() && Environment.GetEnvironmentVariable("NO_PROXY") is null or "";
        return isStale ? Rows.Warning(ProxyName, detail, Strings.DiagProxyStaleAdvice) : Rows.Pass(ProxyName, detail);
    }

    private async Task<GcpAuthenticationCheck> ClockAsync(CheckTimer timer)
    {
        timer.Begin();
        foreach (Task<Fact<HostProbe>> asking in _probes)
        {
            if ((await asking.ConfigureAwait(false)).Value is not { Skew: { } skew } probe)
            {
                continue;
            }

            string host = probe.Address.Authority;
            if (skew.Duration() <= s_tolerated)
            {
                return Rows.Pass(ClockName, Rows.Text(Strings.DiagClockRight, (long)skew.Duration().TotalSeconds, host));
            }

            string way = skew > TimeSpan.Zero ? Strings.DiagAhead : Strings.DiagBehind;
            return Rows.Warning(
                ClockName, Rows.Text(Strings.DiagClockWrong, (long)skew.Duration().TotalMinutes, way, host), Strings.DiagClockWrongAdvice);
        }

        return Rows.Skipped(ClockName, Strings.DiagClockUnknown);
    }
}
