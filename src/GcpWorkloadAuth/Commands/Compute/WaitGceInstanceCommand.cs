using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Waits until instances have a status, and emits each when it has.</summary>
[Cmdlet(VerbsLifecycle.Wait, "GceInstance", HelpUri = HelpLinks.Base + "Wait-GceInstance.md")]
[OutputType(typeof(GceInstance))]
public sealed class WaitGceInstanceCommand : GceInstanceCmdlet
{
    private const int MostNames = 20;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private readonly Dictionary<(string Project, string Zone), Dictionary<string, GceInstance>> _pending = new();
    private readonly Stopwatch _waited = new();

    /// <summary>The status to wait for, RUNNING or TERMINATED for example.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Status { get; set; } = string.Empty;

    /// <summary>How long to wait, in seconds; 0 for as long as it takes.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GceInstance instance in await ResolveAsync())
        {
            (string, string) place = (instance.Project, instance.Zone);
            if (!_pending.TryGetValue(place, out Dictionary<string, GceInstance> named))
            {
                _pending[place] = named = new Dictionary<string, GceInstance>(StringComparer.Ordinal);
            }

            named[instance.Name] = instance;
        }
    }

    private protected override async Task EndAsync()
    {
        _waited.Start();
        TimeSpan pause = s_firstPause;
        while (true)
        {
            foreach ((string Project, string Zone) place in _pending.Keys.ToList())
            {
                await LookAsync(place.Project, place.Zone, _pending[place]);
            }

            if (_pending.Values.All(static named => named.Count == 0))
            {
                return;
            }

            if (TimeoutSec > 0 && TimeSpan.FromSeconds(TimeoutSec) - _waited.Elapsed is { } left && left < pause)
            {
                pause = left;
            }

            if (pause <= TimeSpan.Zero)
            {
                GiveUp();
                return;
            }

            await Task.Delay(pause, Call.Stopping);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, s_longestPause.Ticks));
        }
    }

    /// <summary>One request a zone, however many are waited for there.</summary>
    private async Task LookAsync(string project, string zone, Dictionary<string, GceInstance> named)
    {
        if (named.Count == 0)
        {
            return;
        }

        if (named.Count == 1)
        {
            GceInstance only = named.Values.First();
            await ForItemAsync(TargetOf(only), async () =>
            {
                try
                {
                    Show(named, await ReadAsync(only));
                }
                catch (GcpException failure) when (failure.Kind is GcpErrorKind.NotFound or GcpErrorKind.Permission or GcpErrorKind.InvalidArgument)
                {
                    named.Clear();
                    throw;
                }
            });
            return;
        }

        InstanceQuery query = new()
        {
            Project = project,
            Zone = zone,
            Filter = named.Count <= MostNames ? string.Join(" OR ", named.Keys.Select(static n => "(name = \"" + n + "\")")) : null,
        };
        HashSet<string> seen = new(StringComparer.Ordinal);
        bool isWhole = true;
        try
        {
            IPager<GceInstance> pager = Engine.ListInstances(Session, query);
            while (await pager.NextAsync(Call) is { } page)
            {
                isWhole &= page.Unreachable.Count == 0;
                foreach (GceInstance now in page.Items)
                {
                    seen.Add(now.Name);
                    Show(named, now);
                }
            }
        }
        catch (GcpException failure)
        {
            named.Clear();
            WriteFailure(failure, project + "/" + zone);
            return;
        }

        foreach (GceInstance gone in named.Values.Where(i => isWhole && !seen.Contains(i.Name)).ToList())
        {
            named.Remove(gone.Name);
            WriteFailure(Errors.InstanceNotFound(gone.Name, project + "/" + zone), TargetOf(gone));
        }
    }

    private void Show(Dictionary<string, GceInstance> named, GceInstance now)
    {
        if (named.ContainsKey(now.Name) && string.Equals(Status, now.Status, StringComparison.OrdinalIgnoreCase))
        {
            named.Remove(now.Name);
            WriteObject(now);
        }
        else if (named.ContainsKey(now.Name))
        {
            named[now.Name] = now;
        }
    }

    private void GiveUp()
    {
        foreach (GceInstance late in _pending.Values.SelectMany(static named => named.Values))
        {
            WriteFailure(Errors.InstanceWaitTimedOut(late.Name, Status, TimeoutSec, late.Status), TargetOf(late));
        }
    }
}
