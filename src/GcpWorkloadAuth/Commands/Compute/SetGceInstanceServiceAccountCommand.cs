using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// Attaches a service account to instances: what makes them able to authenticate. An instance that runs is stopped for it and
/// started again, where -Restart allows that.
/// </summary>
[Cmdlet(VerbsCommon.Set, "GceInstanceServiceAccount", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Set-GceInstanceServiceAccount.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class SetGceInstanceServiceAccountCommand : GceInstanceChangeCmdlet
{
    // Managed instance groups write their address here. Source: https://cloud.google.com/compute/docs/instance-groups/getting-info-about-migs.
    private const string CreatedBy = "created-by";

    /// <summary>The e-mail address of the service account.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string ServiceAccount { get; set; } = string.Empty;

    /// <summary>What its tokens may be for; without it, cloud-platform: whatever the account's roles allow.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[] Scope { get; set; } = ["https://www.googleapis.com/auth/cloud-platform"];

    /// <summary>Stop instances that run, and start them again afterwards.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    /// <summary>Give up what is on local SSDs when an instance is stopped.</summary>
    [Parameter]
    public SwitchParameter DiscardLocalSsd { get; set; }

    private protected override string Action => Strings.ProgressSetServiceAccount;

    private protected override Task<GceOperation?> StartAsync(GceInstance target) => SetAsync(target);

    private protected override bool IsReached(GceInstance? now) => now is not null && IsSet(now);

    private protected override async Task ChangeAsync(GceInstance target)
    {
        GceInstance now = await ReadAsync(target);
        if (now.Metadata.TryGetValue(CreatedBy, out string group) && group.Contains("/instanceGroupManagers/"))
        {
            throw Errors.InstanceInGroup(now.Name, group.Substring(group.LastIndexOf('/') + 1));
        }

        if (IsSet(now))
        {
            await EmitAsync(now);
        }
        else if (now.Status == "RUNNING")
        {
            await RestartAroundAsync(now);
        }
        else
        {
            await EndAsync(now, await SetAsync(now));
        }
    }

    private async Task RestartAroundAsync(GceInstance now)
    {
        if (!Restart)
        {
            throw Errors.InstanceMustBeStopped(now.Name);
        }

        if (!DiscardLocalSsd && now.Disks.Any(static d => d.Type == "SCRATCH"))
        {
            throw Errors.LocalSsdUndecided(now.Name);
        }

        if (now.ExternalIP is { } address)
        {
            Warn(nameof(Strings.WarnEphemeralAddress), now.Name, address);
        }

        InstanceChange stop = new(InstanceMethod.Stop, AddressOf(now)) { DiscardLocalSsd = DiscardLocalSsd ? true : null };
        bool isSet = false;
        try
        {
            await WaitForAsync(now, await SendAsync(stop), static i => i?.Status is "TERMINATED" or "STOPPED");
            await WaitForAsync(now, (await SetAsync(now))!, IsReached);
            isSet = true;
        }
        catch (OperationCanceledException)
        {
            TellStopped(now);
            throw;
        }
        catch (GcpException failure)
        {
            // It ran before, and runs again, whatever became of the rest.
            WriteFailure(failure, TargetOf(now));
        }

        GceOperation start = await SendAsync(new InstanceChange(InstanceMethod.Start, AddressOf(now)));
        if (isSet)
        {
            await EndAsync(now, start);
        }
        else
        {
            await WaitForAsync(now, start, static i => i?.Status == "RUNNING");
        }
    }

    private async Task EndAsync(GceInstance target, GceOperation? last)
    {
        if (NoWait)
        {
            WriteObject(last);
            return;
        }

        await WaitForAsync(target, last!, i => i is not null && IsSet(i) && (last!.OperationType != "start" || i.Status == "RUNNING"));
        await EmitAsync(target);
    }

    private async Task<GceOperation?> SetAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.SetServiceAccount, AddressOf(target))
        {
            Body = new Dictionary<string, object?> { ["email"] = ServiceAccount, ["scopes"] = Scope },
        });

    private bool IsSet(GceInstance now) =>
        now.ServiceAccounts.Count == 1 && string.Equals(now.ServiceAccounts[0].Email, ServiceAccount, StringComparison.OrdinalIgnoreCase)
        && now.ServiceAccounts[0].Scopes.Count == Scope.Length && !Scope.Except(now.ServiceAccounts[0].Scopes, StringComparer.Ordinal).Any();

    // The streams are closed once the pipeline is being stopped; the host is not.
    private void TellStopped(GceInstance instance) => RunForeign(() =>
    {
        Host.UI?.WriteWarningLine(string.Format(CultureInfo.CurrentCulture, Strings.WarnInstanceStaysStopped, instance.Name, instance.Zone, instance.Project));
        return true;
    });
}
