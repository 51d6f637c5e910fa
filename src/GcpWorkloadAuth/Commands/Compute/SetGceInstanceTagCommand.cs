using System;
using System.Linq;
using System.Management.Automation;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the network tags of instances; what is not named stays.</summary>
[Cmdlet(
    VerbsCommon.Set, "GceInstanceTag", DefaultParameterSetName = ChangeSet, SupportsShouldProcess = true,
    HelpUri = HelpLinks.Base + "Set-GceInstanceTag.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class SetGceInstanceTagCommand : GceInstanceSettingCmdlet
{
    private const string ChangeSet = "Change";
    private const string ReplaceSet = "Replace";

    /// <summary>Tags to add.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ValidateNotNull]
    public string[]? Add { get; set; }

    /// <summary>Tags to take away; those that are not there do no harm.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ValidateNotNull]
    public string[]? Remove { get; set; }

    /// <summary>All tags: whatever else is there goes.</summary>
    [Parameter(ParameterSetName = ReplaceSet, Mandatory = true)]
    [AllowEmptyCollection]
    public string[]? Value { get; set; }

    private protected override string Action => Strings.ProgressSetTag;

    private protected override InstanceChange? MakeChange(GceInstance now)
    {
        string[] tags = Value
            ?? now.Tags.Except(Remove ?? Array.Empty<string>(), StringComparer.Ordinal).Union(Add ?? Array.Empty<string>(), StringComparer.Ordinal).ToArray();
        return tags.Length == now.Tags.Count && !tags.Except(now.Tags, StringComparer.Ordinal).Any()
            ? null
            : new InstanceChange(InstanceMethod.SetTags, AddressOf(now)) { Body = InstanceBodies.Tags(now.TagsFingerprint, tags) };
    }
}
