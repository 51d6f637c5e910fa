using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lets managed groups delete members and make them anew, under the same names.</summary>
/// <remarks>
/// The verb: Reset "sets a resource back to its original state", which is what this does: a member comes anew from the template, and
/// what was on its boot disk is lost. Restart-GceInstance starts the same machine again and keeps its disks; a second Restart that
/// deletes them would be a trap.
/// </remarks>
[Cmdlet(
    VerbsCommon.Reset, "GceInstanceGroupMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Reset-GceInstanceGroupMember.md")]
[OutputType(typeof(GceInstanceGroupMember), typeof(GceOperation))]
public sealed class ResetGceInstanceGroupMemberCommand : GcePlacedCmdlet
{
    /// <summary>The most that one request may name. Source: instanceGroupManagers.recreateInstances.</summary>
    private const int MostMembers = 1000;

    private readonly Dictionary<ResourceAddress, List<GceInstanceGroupMember>> _members = new();

    /// <summary>Members, or the names of their instances. A member's own group wins.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject", "Member")]
    [GroupMemberTransformation]
    [ValidateNotNullOrEmpty]
    public GceInstanceGroupMember[] Name { get; set; } = [];

    /// <summary>The managed group of members that are only named: a group, or a name, which is looked for in all places.</summary>
    [Parameter(Position = 1)]
    [Alias("InstanceGroup")]
    [GceResourceTransformation(typeof(GceInstanceGroup))]
    [ValidateNotNull]
    public GceInstanceGroup[]? Group { get; set; }

    /// <summary>Emit the members as the group sees them after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Do it without asking. -WhatIf still wins.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GceInstanceGroupMember member in Name)
        {
            await ForItemAsync(TargetOf(member), async () =>
            {
                ResourceAddress group = await FindGroupAsync(member);
                if (ShouldProcess(member.Name + " (" + Describe(group) + ")", Strings.ActionResetMember, Force))
                {
                    if (!_members.TryGetValue(group, out List<GceInstanceGroupMember>? members))
                    {
                        _members[group] = members = new();
                    }

                    members.Add(member);
                }
            });
        }
    }

    private protected override async Task EndAsync()
    {
        foreach (KeyValuePair<ResourceAddress, List<GceInstanceGroupMember>> group in _members)
        {
            await ForItemAsync(group.Key.Name, () => StartAsync(group.Key, group.Value));
        }

        await base.EndAsync();
    }

    private static object TargetOf(GceInstanceGroupMember member) => member.InstanceLink is null ? member.Name : member;

    private async Task<ResourceAddress> FindGroupAsync(GceInstanceGroupMember member)
    {
        NamedResource named = member.Group.Length > 0
            ? NamedResource.Of(new GceInstanceGroup { Name = member.Group, Project = member.Project, Zone = member.GroupZone, Region = member.GroupRegion })
            : Group is { Length: 1 } ? NamedResource.Of(Group[0])
            : throw Errors.GroupUnknown(member.Name);
        return (await ResolveAsync<GceInstanceGroup>(named, "managed instance group")).At;
    }

    /// <summary>One request for all members of a group.</summary>
    private async Task StartAsync(ResourceAddress group, List<GceInstanceGroupMember> members)
    {
        Dictionary<string, GceInstanceGroupMember>? all = members.TrueForAll(static m => m.InstanceLink is not null) ? null : await ReadMembersAsync(group);
        List<string> links = new();
        foreach (GceInstanceGroupMember member in members)
        {
            if (member.InstanceLink is { } known)
            {
                links.Add(known);
            }
            else if (all!.TryGetValue(member.Name, out GceInstanceGroupMember? found) && found.InstanceLink is { } link)
            {
                links.Add(link);
            }
            else
            {
                WriteFailure(Errors.GroupMemberNotFound(member.Name, group.Name), TargetOf(member));
            }
        }

        for (int i = 0; i < links.Count; i += MostMembers)
        {
            List<string> some = links.GetRange(i, Math.Min(MostMembers, links.Count - i));
            ResourceChange change = new(ResourceMethod.RecreateMembers, group)
            {
                Body = new Dictionary<string, object?> { ["instances"] = some.ToList<object?>() },
            };

            // Nothing but the operation tells whether a member has been made anew.
            await StartAsync(group.Name, change, static () => Task.FromResult(false), PassThru ? () => EmitAsync(group, some) : null);
        }
    }

    private async Task EmitAsync(ResourceAddress group, List<string> links)
    {
        foreach (GceInstanceGroupMember member in (await ReadMembersAsync(group)).Values)
        {
            if (member.InstanceLink is { } link && links.Contains(link))
            {
                WriteObject(member);
            }
        }
    }

    private async Task<Dictionary<string, GceInstanceGroupMember>> ReadMembersAsync(ResourceAddress group)
    {
        Dictionary<string, GceInstanceGroupMember> members = new(StringComparer.Ordinal);
        IPager<GceInstanceGroupMember> pager = Engine.ListGroupMembers(Session, group);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GceInstanceGroupMember member in page.Items)
            {
                member.Group = group.Name;
                member.GroupZone = group.Place.Zone;
                member.GroupRegion = group.Place.Region;
                members[member.Name] = member;
            }
        }

        return members;
    }
}
