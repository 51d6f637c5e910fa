using System.Collections;
using System.Management.Automation;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the custom metadata of instances; what is not named stays.</summary>
[Cmdlet(
    VerbsCommon.Set, "GceInstanceMetadata", DefaultParameterSetName = ChangeSet, SupportsShouldProcess = true,
    HelpUri = HelpLinks.Base + "Set-GceInstanceMetadata.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class SetGceInstanceMetadataCommand : GceInstanceSettingCmdlet
{
    private const string ChangeSet = "Change";
    private const string ReplaceSet = "Replace";

    /// <summary>Names and values to add, or to give another value.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ValidateNotNull]
    public Hashtable? Add { get; set; }

    /// <summary>Names to take away; those that are not there do no harm.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ValidateNotNull]
    public string[]? Remove { get; set; }

    /// <summary>All names and values: whatever else is there goes.</summary>
    [Parameter(ParameterSetName = ReplaceSet, Mandatory = true)]
    [ValidateNotNull]
    public Hashtable? Value { get; set; }

    private protected override string Action => Strings.ProgressSetMetadata;

    private protected override InstanceChange? MakeChange(GceInstance now) =>
        MapEdit.Apply(now.Metadata, Value, Add, Remove) is { } items
            ? new InstanceChange(InstanceMethod.SetMetadata, AddressOf(now)) { Body = InstanceBodies.Metadata(now.MetadataFingerprint, items) }
            : null;
}
