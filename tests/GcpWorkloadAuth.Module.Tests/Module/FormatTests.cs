using System.Xml.Linq;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What a person sees at a prompt of 120 columns.</summary>
public sealed class FormatTests : CloudTest
{
    private RenderingShell? _prompt;

    private RenderingShell Prompt => _prompt ??= new RenderingShell();

    public static TheoryData<string, string> Tables => new()
    {
        {
            "Get-GceAccessToken",
            """
            Account                                            TokenType ExpiresAt           Source
            -------                                            --------- ---------           ------
            123456789012-compute@developer.gserviceaccount.com Bearer    MM/DD/YYYY HH:MM:SS metadata server 127.0.0.1:PORT0
            """
        },
        {
            "Get-GcpContext",
            """
            Name    Account                                            Project      CredentialType Source
            ----    -------                                            -------      -------------- ------
            default 123456789012-compute@developer.gserviceaccount.com demo-project MetadataServer metadata server 127.0.0.1:PORT0
            """
        },
        {
            "Get-GceServiceAccount",
            """
            Email                                              Aliases   Scopes
            -----                                              -------   ------
            123456789012-compute@developer.gserviceaccount.com {default} {https://www.googleapis.com/auth/cloud-platform}
            """
        },
        {
            "Get-GcsBucket",
            """
            Name                     Location     StorageClass CreationTime        Project
            ----                     --------     ------------ ------------        -------
            demo-project-bucket-0001 EUROPE-WEST1 STANDARD     MM/DD/YYYY HH:MM:SS demo-project
            demo-project-bucket-0002 EU           NEARLINE     MM/DD/YYYY HH:MM:SS demo-project
            demo-project-bucket-0003 NAM4         COLDLINE     MM/DD/YYYY HH:MM:SS demo-project
            """
        },
        {
            "Get-GceInstance",
            """
            Name     Zone           MachineType   Status     InternalIP ExternalIP
            ----     ----           -----------   ------     ---------- ----------
            vm-00003 asia-east1-a   c3-standard-8 TERMINATED 10.131.0.5
            demo-vm  europe-west1-b e2-medium     RUNNING    10.132.0.2 203.0.113.2
            vm-00004 europe-west1-b e2-medium     RUNNING    10.128.0.6 198.51.100.6
            vm-00005 europe-west1-c n2-standard-4 RUNNING    10.129.0.7
            vm-00002 us-central1-a  e2-small      RUNNING    10.130.0.4 198.51.100.4
            """
        },
        {
            "Get-GceMachineType e2-medium -Zone europe-west1-b",
            """
            Name      Zone           GuestCpus MemoryGB Architecture IsSharedCpu
            ----      ----           --------- -------- ------------ -----------
            e2-medium europe-west1-b         2        4 X86_64       True
            """
        },
        {
            "Get-GceFirewallRule default-allow-ssh",
            """
            Name              Network Direction Priority Action Allowed
            ----              ------- --------- -------- ------ -------
            default-allow-ssh default INGRESS      65534 ALLOW  {tcp:22}
            """
        },
        {
            "(Get-GceInstance -Current).Disks",
            """
            Name    SizeGB Type       Mode       Boot AutoDelete
            ----    ------ ----       ----       ---- ----------
            demo-vm     10 PERSISTENT READ_WRITE True True
            """
        },
        {
            "(Get-GceInstance -Current).NetworkInterfaces",
            """
            Name Network Subnetwork InternalIP ExternalIP
            ---- ------- ---------- ---------- ----------
            nic0 default default    10.132.0.2 203.0.113.2
            """
        },
        {
            "(Get-GceInstance -Current).Scheduling",
            """
            ProvisioningModel AutomaticRestart OnHostMaintenance InstanceTerminationAction
            ----------------- ---------------- ----------------- -------------------------
            STANDARD          True             MIGRATE
            """
        },
    };

    public static TheoryData<string, string> Lists => new()
    {
        {
            "Get-GceAccessToken",
            """
            Account   : 123456789012-compute@developer.gserviceaccount.com
            TokenType : Bearer
            ExpiresAt : MM/DD/YYYY HH:MM:SS
            Scopes    : {https://www.googleapis.com/auth/cloud-platform}
            Source    : metadata server 127.0.0.1:PORT0
            """
        },
        {
            "Get-GceServiceAccount",
            """
            Email   : 123456789012-compute@developer.gserviceaccount.com
            Aliases : {default}
            Scopes  : {https://www.googleapis.com/auth/cloud-platform}
            """
        },
        {
            "Get-GceInstance -Current",
            """
            Name               : demo-vm
            Project            : demo-project
            Zone               : europe-west1-b
            Region             : europe-west1
            Status             : RUNNING
            StatusMessage      :
            MachineType        : e2-medium
            CpuPlatform        : Intel Broadwell
            InternalIP         : 10.132.0.2
            ExternalIP         : 203.0.113.2
            CreationTime       : MM/DD/YYYY HH:MM:SS
            LastStartTime      : MM/DD/YYYY HH:MM:SS
            LastStopTime       :
            Id                 : 1129042334594605654
            Description        : The machine whose metadata server this is
            Hostname           :
            Labels             : {[env, demo]}
            Tags               : {http-server, https-server}
            ServiceAccounts    : {123456789012-compute@developer.gserviceaccount.com}
            Disks              : {demo-vm}
            NetworkInterfaces  : {10.132.0.2 (203.0.113.2)}
            Metadata           : {[enable-oslogin, TRUE], [greeting, hello]}
            Scheduling         : STANDARD
            DeletionProtection : False
            CanIpForward       : False
            SelfLink           : https://www.googleapis.com/compute/v1/projects/demo-project/zones/europe-west1-b/instances/demo-vm
            """
        },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_shows_what_people_look_for(string statement, string expected)
    {
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', Prompt.Show(statement)));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_shows_the_rest(string statement, string expected)
    {
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', AsList(statement)));
    }

    [Theory]
    [InlineData("Get-GcpContext", "GcpContext")]
    [InlineData("Get-GcsBucket demo-project-bucket-0001", "GcsBucket")]
    [InlineData("Get-GceInstance -Current", "GceInstance")]
    [InlineData("Get-GcpProject demo-project", "GcpProject")]
    public void A_list_names_properties_that_are_there(string statement, string type)
    {
        List<string> names = [.. AsList(statement).Where(l => l.Contains(" :", StringComparison.Ordinal)).Select(l => l.Split(" :")[0].Trim())];

        Assert.Equal(Views().Single(v => v.Type == type && v.Kind == "ListControl").Properties, names);
        List<string> members = Run($"({statement}).PSObject.Properties | ForEach-Object Name").MustSucceed().Strings();
        Assert.All(names, name => Assert.Contains(name, members));
    }

    [Fact]
    public void Every_type_that_is_emitted_has_a_table_and_a_list_and_no_table_is_wide()
    {
        List<View> views = Views();

        foreach (string type in (string[])["GceAccessToken", "GceIdentityToken", "GcpContext", "GceServiceAccount", "GcsBucket", "GceInstance", "GcpProject"])
        {
            Assert.Equal("TableControl", views.First(v => v.Type == type).Kind);
            Assert.Contains(views, v => v.Type == type && v.Kind == "ListControl");
        }

        Assert.All(views.Where(v => v.Kind == "TableControl"), v => Assert.InRange(v.Properties.Count, 2, 6));
        Assert.DoesNotContain(views.SelectMany(v => v.Properties), p => p == "Token");
    }

    [Fact]
    public void No_view_shows_the_token()
    {
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();

        foreach (List<string> lines in (List<string>[])[Prompt.Show("Get-GceAccessToken"), AsList("Get-GceAccessToken")])
        {
            Assert.NotEmpty(lines);
            Assert.DoesNotContain(token[10..26], string.Concat(lines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Objects_from_a_job_are_shown_the_same_way()
    {
        const string Copy = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(({0}), 3))";

        foreach (string statement in (string[])["Get-GceInstance", "Get-GcsBucket", "Get-GcpContext", "Get-GceServiceAccount", "Get-GceAccessToken"])
        {
            Assert.Equal(Prompt.Show(statement), Prompt.Show(Copy.Replace("{0}", statement, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Constrained_language_shows_the_same()
    {
        using RenderingShell constrained = new(System.Management.Automation.PSLanguageMode.ConstrainedLanguage);

        Assert.Equal(Prompt.Show("Get-GceInstance"), constrained.Show("Get-GceInstance"));
    }

    public override ValueTask DisposeAsync()
    {
        _prompt?.Dispose();
        return base.DisposeAsync();
    }

    private List<string> AsList(string statement)
    {
        using TemporaryFolder folder = new();
        using RenderingShell lists = RenderingShell.ForLists(folder);
        return lists.Show("$args", [.. Run(statement).MustSucceed().Output]);
    }

    private static List<View> Views() =>
    [
        .. from view in XDocument.Load(RenderingShell.FormatFile).Descendants("View")
           let kind = view.Elements().Single(e => e.Name.LocalName.EndsWith("Control", StringComparison.Ordinal))
           select new View(
               view.Element("ViewSelectedBy")!.Element("TypeName")!.Value.Replace("GcpWorkloadAuth.", string.Empty, StringComparison.Ordinal),
               kind.Name.LocalName,
               [.. kind.Descendants("PropertyName").Select(p => p.Value)]),
    ];

    private sealed record View(string Type, string Kind, List<string> Properties);
}
