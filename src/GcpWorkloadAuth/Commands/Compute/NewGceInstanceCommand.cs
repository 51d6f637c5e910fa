using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Creates instances, one or many.</summary>
[Cmdlet(VerbsCommon.New, "GceInstance", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "New-GceInstance.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class NewGceInstanceCommand : GceInstanceShapeCmdlet
{
    private readonly List<(GceInstance Target, GceOperation Operation)> _begun = new();
    private SideBySide? _starts;

    /// <summary>The names. With -Count, one name with # for the digits of a number, as web-##; a plain name gets them at its end.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The zone; without it, the session's zone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string? Zone { get; set; }

    /// <summary>The project; without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>A configuration from New-GceInstanceConfig, or a hashtable of API fields. The other parameters win over it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("InputObject")]
    [InstanceConfigTransformation]
    public GceInstanceConfig? Config { get; set; }

    /// <summary>An instance template, by name or address. What else is said wins over it.</summary>
    [Parameter]
    [Alias("InstanceTemplate")]
    [ValidateNotNullOrEmpty]
    public string? Template { get; set; }

    /// <summary>How many, made by one request.</summary>
    [Parameter]
    [ValidateRange(1, 5000)]
    public int Count { get; set; }

    /// <summary>Emit the operations as soon as they are started, instead of waiting for the instances.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How long to wait for all of them, in seconds; 0 for as long as it takes.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>How many are started at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Makes a script's re-run idempotent: the same id with the same request is done once.</summary>
    [Parameter]
    public Guid? RequestId { get; set; }

    private protected override int WaitSeconds => TimeoutSec;

    private protected override async Task ProcessAsync()
    {
        _starts ??= MakeSideBySide(ThrottleLimit);
        string project = Project ?? await Engine.GetProjectAsync(Session, Call);
        string zone = Zone ?? (await Engine.DescribeAsync(Session, offline: false, Call)).Zone?.Value ?? throw Errors.NoZone();
        Dictionary<string, object?> fields = InstanceFields.Merge(Config?.Fields, MakeFields());
        if (Template is null && !fields.ContainsKey("networkInterfaces"))
        {
            ExternalIP ??= "ephemeral";
            fields["networkInterfaces"] = MakeFields()["networkInterfaces"];
        }

        foreach (string name in Name)
        {
            GceInstance target = new() { Name = name, Zone = zone, Project = project };
            string what = name + " (" + project + "/" + zone + ")" + (Count > 0 ? " x " + Count.ToString(CultureInfo.CurrentCulture) : string.Empty);
            if (ShouldProcess(what, Strings.ProgressNewInstance))
            {
                InstanceChange change = MakeChange(target, InstanceFields.InZone(fields, zone, Count > 0));
                await _starts.StartAsync(() => ForItemAsync(name, () => StartAsync(target, change)));
            }
        }
    }

    private protected override async Task EndAsync()
    {
        if (_starts is null)
        {
            return;
        }

        await _starts.FinishAsync();
        SideBySide waits = MakeSideBySide(int.MaxValue);
        foreach ((GceInstance target, GceOperation operation) in _begun)
        {
            await waits.StartAsync(() => ForItemAsync(target.Name, () => FinishAsync(target, operation)));
        }

        await waits.FinishAsync();
        CloseProgress();
    }

    private InstanceChange MakeChange(GceInstance target, Dictionary<string, object?> fields)
    {
        InstanceAddress at = new(target.Project, target.Zone, target.Name);
        string? template = Template is null ? null : Template.Contains("/") ? Template : "global/instanceTemplates/" + Template;
        if (Count == 0)
        {
            fields["name"] = target.Name;
            return new InstanceChange(InstanceMethod.Insert, at) { Body = fields, Template = template, RequestId = RequestId };
        }

        int digits = Count.ToString(CultureInfo.InvariantCulture).Length;
        Dictionary<string, object?> body = new()
        {
            ["count"] = Count.ToString(CultureInfo.InvariantCulture),
            ["namePattern"] = target.Name.Contains("#") ? target.Name : target.Name + "-" + new string('#', digits),
            ["instanceProperties"] = fields,
        };
        if (template is not null)
        {
            body["sourceInstanceTemplate"] = template;
        }

        return new InstanceChange(InstanceMethod.BulkInsert, at) { Body = body, RequestId = RequestId };
    }

    private async Task StartAsync(GceInstance target, InstanceChange change)
    {
        GceOperation operation = await Engine.ChangeInstanceAsync(Session, change, Call);
        if (NoWait)
        {
            WriteObject(operation);
        }
        else
        {
            _begun.Add((target, operation));
        }
    }

    private async Task FinishAsync(GceInstance target, GceOperation operation)
    {
        if (operation.OperationType == "bulkInsert" || Count > 0)
        {
            await FinishManyAsync(target, operation);
            return;
        }

        await WaitForAsync(operation, target.Name, async () => (await ReadAsync(target, target.Name)).Status == "RUNNING");
        WriteObject(await ReadAsync(target, target.Name));
    }

    /// <summary>One operation for all, and one for each that was made: these tell the names.</summary>
    private async Task FinishManyAsync(GceInstance target, GceOperation operation)
    {
        GcpException? failure = null;
        GceOperation whole = operation;
        try
        {
            whole = await WaitForAsync(operation, target.Name, null);
        }
        catch (GcpException e) when (e.Reason is not null)
        {
            // Some may have been made.
            failure = e;
        }

        if ((whole.GroupId ?? operation.GroupId) is { } group)
        {
            OperationQuery query = new()
            {
                Project = target.Project,
                Zone = target.Zone,
                Filter = "(operationType = \"insert\") AND (operationGroupId = \"" + group + "\")",
            };
            IPager<GceOperation> pager = Engine.ListOperations(Session, query);
            while (await pager.NextAsync(Call) is { } page)
            {
                foreach (GceOperation one in page.Items)
                {
                    await ForItemAsync(one.TargetName, async () =>
                    {
                        await WaitForAsync(one, one.TargetName, null);
                        WriteObject(await ReadAsync(target, one.TargetName!));
                    });
                }
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private Task<GceInstance> ReadAsync(GceInstance target, string name) => Engine.GetInstanceAsync(Session, target.Project, target.Zone, name, Call);
}
