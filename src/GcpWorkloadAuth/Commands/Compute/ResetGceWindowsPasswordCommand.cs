using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gives a user of a Windows instance a new password, made by the guest, and emits it as a credential.</summary>
[Cmdlet(
    VerbsCommon.Reset, "GceWindowsPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Reset-GceWindowsPassword.md")]
[OutputType(typeof(PSCredential))]
public sealed class ResetGceWindowsPasswordCommand : GceInstanceCmdlet
{
    private const string KeysItem = "windows-keys";
    private const int AnswerPort = 4;
    private const int MostTries = 5;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>The user; made, as an administrator, where there is none.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidatePattern("^[^\"/\\\\\\[\\]:;|=,+*?<>@\\s]{1,20}$")]
    public string UserName { get; set; } = string.Empty;

    /// <summary>How long the guest may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 120;

    /// <summary>Do it without asking. -WhatIf still wins.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GceInstance instance in await ResolveAsync())
        {
            if (ShouldProcess(Describe(instance) + ": " + UserName, Strings.ProgressResetPassword, Force))
            {
                await ForItemAsync(TargetOf(instance), () => ResetAsync(instance));
            }
        }

        CloseProgress();
    }

    private async Task ResetAsync(GceInstance instance)
    {
        string email = (await Engine.DescribeAsync(Session, offline: true, Call)).Account ?? "unknown";
        using IWindowsKey key = Engine.MakeWindowsKey(UserName, email);

        // The answer comes behind what is there now.
        long next = (await Engine.ReadSerialPortAsync(Session, AddressOf(instance), AnswerPort, null, Call)).Next;
        await SendAsync(instance, key);
        Stopwatch waited = Stopwatch.StartNew();
        StringBuilder output = new();
        while (true)
        {
            SerialPortText text = await Engine.ReadSerialPortAsync(Session, AddressOf(instance), AnswerPort, next, Call);
            next = text.Next;
            if (key.Find(output.Append(text.Contents).ToString()) is SecureString password)
            {
                WriteObject(new PSCredential(UserName, password));
                return;
            }

            if (waited.Elapsed > TimeSpan.FromSeconds(TimeoutSec))
            {
                throw Errors.WindowsPasswordTimedOut(instance.Name, TimeoutSec);
            }

            await Task.Delay(s_pause, Call.Stopping);
        }
    }

    private async Task SendAsync(GceInstance instance, IWindowsKey key)
    {
        for (int i = 1; ; i++)
        {
            GceInstance now = await ReadAsync(instance);
            now.Metadata.TryGetValue(KeysItem, out string? keys);
            Dictionary<string, string> items = new(StringComparer.Ordinal);
            foreach (KeyValuePair<string, string> item in now.Metadata)
            {
                items[item.Key] = item.Value;
            }

            items[KeysItem] = key.AddTo(keys, DateTime.UtcNow);
            InstanceChange change = new(InstanceMethod.SetMetadata, AddressOf(now))
            {
                Body = InstanceBodies.Metadata(now.MetadataFingerprint, items),
            };
            try
            {
                await WaitForAsync(await Engine.ChangeInstanceAsync(Session, change, Call), instance, () => Task.FromResult(true));
                return;
            }
            catch (GcpException failure) when (i < MostTries && OperationFailures.IsConflict(failure))
            {
                // Somebody else changed the metadata meanwhile: read again.
            }
        }
    }
}
