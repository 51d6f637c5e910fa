using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>Whatever the cmdlets ask the services for is a row of the engine's Api tables, asked the way the row says.</summary>
public sealed class ContractTests : CloudTest
{
    private static readonly string[] s_forms =
    [
        "Connect-GcpAccount",
        "Get-GceAccessToken; Get-GceAccessToken -AsHeader",
        "Get-GcpContext; Get-GcpContext -ListAvailable",
        "Set-GcpContext -Project demo-project -QuotaProject demo-project -PassThru; Select-GcpContext default -PassThru",
        "Get-GceMetadata -Recurse; Get-GceServiceAccount",
        "Get-GcsBucket",
        "Get-GcsBucket -Prefix demo -Project demo-project",
        "Get-GcsBucket demo-project-bucket-0001, gs://demo-project-bucket-0002",
        "Get-GcsBucket 'demo-*'",
        "Get-GcsBucket | Get-GcsBucket",
        "Read-GcsObject demo-project-bucket-0001 -Recurse -Glob '*.none' -OutFolder ./none",
        "Write-GcsObject demo-project-bucket-0001 contract -Value text",
        "Write-GcsObject demo-project-bucket-0001 contract -Value text | Read-GcsObject",
        "Get-GcsObjectHash -Value text",
        "$f = [IO.Path]::GetTempFileName(); [IO.File]::WriteAllBytes($f, [byte[]]::new(9000000)); Write-GcsObject demo-project-bucket-0001 large -File $f; "
            + "Write-GcsObject demo-project-bucket-0001 parts -File $f -Parallel; [IO.File]::Delete($f)",
        "Get-GceInstance",
        "Get-GceInstance demo-vm",
        "Get-GceInstance 'vm-*' -Zone europe-west1-b, europe-west1-c",
        "Get-GceInstance demo-vm -Zone europe-west1-b",
        "Get-GceInstance -Filter 'status = RUNNING' -Label @{ env = '*' } -RequireComplete",
        "Get-GceInstance -Project demo-project -Zone europe-west1-b",
        "Get-GceInstance -Current",
        "Get-GceInstance | Get-GceInstance",
        "Get-GcpProject; Get-GcpProject demo-project",
        "Get-GcpProject -Filter state:ACTIVE | Get-GcsBucket",
        "Invoke-GcpRestMethod https://storage.googleapis.com/storage/v1/b?project=demo-project",
        "Set-GceGuestAttribute tests contract done -WhatIf",
        "New-GcsBucket my-contract-bucket -Location EU -HierarchicalNamespace On",
        "Get-GcsBucket my-contract-bucket | Set-GcsBucket -LifecycleRule (New-GcsLifecycleRule -Delete -Age 1) -RetentionPeriod '1s' -LockRetention -Force",
        "Add-GcsBucketIamBinding my-contract-bucket roles/storage.objectViewer user:ann@example.com",
        "Get-GcsBucketIamPolicy my-contract-bucket; Test-GcsBucketPermission my-contract-bucket storage.objects.get",
        "Remove-GcsBucketIamBinding my-contract-bucket roles/storage.objectViewer user:ann@example.com -Force",
        "Remove-GcsBucket my-contract-bucket -Force; Test-GcsBucket my-contract-bucket",
        "Start-GcsTransferJob demo-project-bucket-0001 demo-project-bucket-0003 -ErrorAction Ignore",
        "Remove-GcsBucket demo-project-bucket-0003 -Recurse -Force",
        "Connect-GcpAccount -ImpersonateServiceAccount worker@demo-project.iam.gserviceaccount.com; Get-GceIdentityToken api",
        "New-GcsSignedUrl gs://demo-project-bucket-0001/x; New-GcsPostPolicy demo-project-bucket-0001 x",
        "Test-GcpAuthentication -Permission compute.instances.list, storage.objects.get -Bucket demo-project-bucket-0001",
        "New-GcpDownscopedToken demo-project-bucket-0001 objectViewer -Prefix reports/",
        "Get-GcsObject demo-project-bucket-0001 -Prefix a -Delimiter / -IncludeVersions -StartOffset a -EndOffset b; Get-GcsObject demo-project-bucket-0001 -SoftDeleted -Glob x",
        "Test-GcsObject demo-project-bucket-0001 a, nothing; Get-GcsObject demo-project-bucket-0001 a",
        "Set-GcsObject demo-project-bucket-0001 a -CacheControl no-cache",
        "Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/b -KmsKeyName projects/p/locations/l/keyRings/r/cryptoKeys/k",
        "Move-GcsObject gs://demo-project-bucket-0002/b gs://demo-project-bucket-0002/c",
        "Join-GcsObject demo-project-bucket-0001 a, a -DestinationName d; Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force",
        "Restore-GcsObject demo-project-bucket-0001 d; Remove-GcsObject demo-project-bucket-0001 d -Force",
        "Stop-GceInstance vm-00004 -Zone europe-west1-b -NoWait | Wait-GceOperation | Get-GceOperation; Get-GceOperation -Zone europe-west1-b",
        "Set-GceInstanceMachineType vm-00004 -MachineType e2-small; Start-GceInstance vm-00004; Wait-GceInstance vm-00004 RUNNING",
        "Suspend-GceInstance vm-00004; Resume-GceInstance vm-00004; Restart-GceInstance vm-00004; Remove-GceInstance vm-00004 -Force",
        "Set-GceInstanceMetadata demo-vm -Add @{ a = 1 }; Set-GceInstanceLabel demo-vm -Add @{ a = 1 }; Set-GceInstanceTag demo-vm -Add a",
        "Set-GceInstanceServiceAccount vm-00002 -ServiceAccount worker@demo-project.iam.gserviceaccount.com -Restart -WarningAction Ignore",
        "Get-GceSerialPortOutput demo-vm; Set-GceGuestAttribute tests contract done; Get-GceGuestAttribute demo-vm tests",
        "Reset-GceWindowsPassword vm-00006 -UserName a -Force",
        "New-GceInstanceConfig -MachineType e2-small -ImageFamily debian-cloud/debian-12 | New-GceInstance new-1 -Zone europe-west1-b",
        "New-GceInstanceConfig -MachineType e2-small -ImageFamily debian-cloud/debian-12 | New-GceInstance many -Zone europe-west1-b -Count 2",
        "Get-GceOperation; Get-GceOperation -Global; Get-GceOperation -Region europe-west1",
        "Sync-GcsDirectory gs://demo-project-bucket-0001 gs://demo-project-bucket-0002/mirror",
        "Start-GcsTransferJob gs://demo-project-bucket-0001/a/ gs://demo-project-bucket-0002/b/ -Name one -DeleteExtraneous -Force | Wait-GcsTransferJob; Get-GcsTransferJob",
        "Add-GceInstanceIamBinding demo-vm roles/compute.viewer user:ann@example.com; Get-GceInstanceIamPolicy demo-vm",
        "Remove-GceInstanceIamBinding demo-vm roles/compute.viewer user:ann@example.com -Force",
        "New-GceDisk d1 -SizeGB 10 -Zone europe-west1-b; Resize-GceDisk d1 20; Add-GceInstanceDisk demo-vm d1; Remove-GceInstanceDisk demo-vm d1 -Force",
        "New-GceSnapshot d1 -Name s1; Remove-GceSnapshot s1 -Force -NoWait | Wait-GceOperation | Get-GceOperation; Remove-GceDisk d1 -Force",
        "New-GceDisk d2 -SizeGB 200 -Region europe-west1 -ReplicaZone europe-west1-b, europe-west1-c; Resize-GceDisk d2 300",
        "Remove-GceDisk d2 -Force -NoWait | Wait-GceOperation | Get-GceOperation",
        "'zonal', 'regional' | Resize-GceInstanceGroup -Size 2; Get-GceInstanceGroup zonal, regional -Member | Reset-GceInstanceGroupMember -Force",
        "Set-GceProjectMetadata -Add @{ a = 1 }",
        "Get-GceZone; Get-GceZone europe-west1-b; Get-GceRegion; Get-GceRegion europe-west1; Get-GceProjectMetadata",
        "Get-GceMachineType e2-small; Get-GceMachineType -Zone europe-west1-b; Get-GceMachineType e2-small -Zone europe-west1-b",
        "Get-GceImage; Get-GceImage -Family debian-12 -Project debian-cloud | Get-GceImage",
        "Get-GceDisk; Get-GceDisk -Zone europe-west1-b -Region us-central1; Get-GceDisk around -Zone europe-west1-b; Get-GceDisk around -Region us-central1",
        "Get-GceSnapshot; Get-GceSnapshot around; Get-GceNetwork; Get-GceNetwork default; Get-GceFirewallRule; Get-GceFirewallRule default-allow-ssh",
        "Get-GceAddress; Get-GceAddress -Region us-central1 -Global; Get-GceAddress around -Region us-central1; Get-GceAddress around -Global",
        "Get-GceInstanceTemplate; Get-GceInstanceTemplate -Region us-central1 -Global; Get-GceInstanceTemplate around -Region us-central1; Get-GceInstanceTemplate around -Global",
        "Get-GceInstanceGroup; Get-GceInstanceGroup -Zone europe-west1-b -Region us-central1",
        "Get-GceInstanceGroup around -Zone europe-west1-b -Member; Get-GceInstanceGroup around -Region us-central1 -Member",
        "Disconnect-GcpAccount -All",
    ];

    // What the engine asks for only in cases that no form here brings about: a session is dropped when an upload is stopped.
    private static readonly string[] s_notYetAsked =
    [
        "storage.objects.insert.delete",
    ];

    protected override EmulatorOptions Options => new() { BucketCount = 3, InstanceCount = 20 };

    [Fact]
    public async Task Every_request_is_a_row_of_the_tables_and_every_row_is_asked_for()
    {
        Cloud.State.Objects.Put("demo-project-bucket-0001", "a", "content");
        await FillAsync("demo-project-bucket-0003");
        Cloud.State.ServiceAccounts.GetOrAdd("worker@demo-project.iam.gserviceaccount.com");
        Cloud.State.Impersonations.Allow(Account, Account);
        Cloud.State.Impersonations.Allow(Account, "worker@demo-project.iam.gserviceaccount.com");
        Cloud.State.Machine.GuestAttributesEnabled = true;
        Cloud.State.Compute.Operations.Duration = TimeSpan.FromMilliseconds(20);
        Cloud.State.Transfers.DenyAgent("demo-project-bucket-0003");
        Cloud.State.Compute.Groups.Add("zones/europe-west1-b", "zonal", 1);
        Cloud.State.Compute.Groups.Add("regions/europe-west1", "regional", 1);
        PutAround();
        foreach (string form in s_forms)
        {
            Run(form).MustSucceed();
        }

        List<Row> rows = Row.ReadAll();
        List<LoggedRequest> requests = [.. Cloud.Requests.All.Where(r => r.Service is not EmulatedService.Metadata)];

        // Whether a host can be reached at all is asked of no method.
        requests.RemoveAll(static r => r is { Method: "HEAD", Path: "/" });
        Assert.NotEmpty(requests);
        HashSet<string> asked = [];
        foreach (LoggedRequest request in requests)
        {
            Row row = Assert.Single(rows, r => r.IsAskedBy(request));
            asked.Add(row.Id);
            Assert.All(QueryNames(request), name => Assert.True(row.Knows(name), $"{row.Id} has no parameter {name}: {request}"));
        }

        Assert.Equal(rows.Select(r => r.Id).Except(s_notYetAsked).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_is_in_that_list()
    {
        RunResult commands = Run("Get-Command -Module GcpWorkloadAuth -CommandType Cmdlet | ForEach-Object Name").MustSucceed();

        Assert.All(commands.Strings(), name => Assert.Contains(s_forms, f => f.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_request_goes_without_a_token_the_module_s_name_and_what_it_wants_of_the_answer()
    {
        Run("Get-GcsBucket; Get-GceInstance; Get-GceInstance demo-vm -Zone europe-west1-b").MustSucceed();

        foreach (LoggedRequest request in Cloud.Requests.All.Where(r => r.Service is EmulatedService.Storage or EmulatedService.Compute))
        {
            Assert.StartsWith("Bearer ya29.", request.Headers["Authorization"], StringComparison.Ordinal);
            Assert.Contains("GcpWorkloadAuth/", request.Headers["User-Agent"], StringComparison.Ordinal);
            Assert.Contains("fields", QueryNames(request));
            Assert.DoesNotContain("access_token", QueryNames(request));
        }
    }

    /// <summary>Puts one of each that a project does not begin with.</summary>
    private void PutAround()
    {
        foreach ((string collection, string scope) in (ReadOnlySpan<(string, string)>)
            [
                ("disks", "zones/europe-west1-b"), ("disks", "regions/us-central1"), ("snapshots", "global"), ("addresses", "regions/us-central1"),
                ("addresses", "global"), ("instanceTemplates", "regions/us-central1"), ("instanceTemplates", "global"),
            ])
        {
            Cloud.State.Compute.Resources.Put(collection, scope, "around", []);
        }

        Cloud.State.Compute.Groups.Add("zones/europe-west1-b", "around", size: 1);
        Cloud.State.Compute.Groups.Add("regions/us-central1", "around", size: 1);
    }

    /// <summary>Puts folders and an unfinished upload into a bucket, for Remove-GcsBucket to find.</summary>
    private async Task FillAsync(string bucket)
    {
        Cloud.State.Buckets.Update(bucket, b => b with { Extra = new JsonObject { ["hierarchicalNamespace"] = new JsonObject { ["enabled"] = true } } });
        string token = (string)Run("(Get-GceAccessToken -AsHeader).Authorization").MustSucceed().Output[0].BaseObject;
        using HttpClient http = new();
        foreach (string path in new[] { $"storage/v1/b/{bucket}/managedFolders", $"storage/v1/b/{bucket}/folders", $"{bucket}/upload?uploads" })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Cloud.ApiAddress, "/" + path));
            request.Headers.TryAddWithoutValidation("Authorization", token);
            request.Content = new StringContent("""{"name":"folder/"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        Cloud.Requests.Clear();
    }

    private static IEnumerable<string> QueryNames(LoggedRequest request) =>
        request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => Uri.UnescapeDataString(p.Split('=')[0]));

    /// <summary>A row of a table, read out of the loaded engine.</summary>
    private sealed class Row
    {
        private readonly object _method;
        private readonly Regex _path;
        private readonly string _verb;
        private readonly bool _isXml;

        private Row(object method)
        {
            _method = method;
            object service = Property(method, "Service");
            Id = (string)Property(method, "Id");
            _verb = Property(method, "Verb").ToString()!;
            object? mount = method.GetType().GetProperty("Mount")!.GetValue(method);
            _isXml = (bool)Property(method, "IsXml");
            string basePath = _isXml ? string.Empty : (string)Property(service, "BasePath");
            string template = "/" + (mount is null ? string.Empty : mount + "/") + basePath + Property(method, "Path");
            template = template.TrimEnd('/');
            _path = new Regex("^" + Regex.Replace(Regex.Escape(template), @"\\\{[^}]+}", "[^/]+") + "$");
        }

        public string Id { get; }

        public static List<Row> ReadAll()
        {
            Assembly engine = AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == "GcpWorkloadAuth.Engine");
            List<Row> rows = [];
            foreach (Type table in engine.GetTypes().Where(t => t.Namespace == "GcpWorkloadAuth.Engine.Api"))
            {
                if (table.GetField("All", BindingFlags.Static | BindingFlags.Public)?.GetValue(null) is IEnumerable methods)
                {
                    rows.AddRange(methods.Cast<object>().Select(m => new Row(m)));
                }
            }

            Assert.Equal(rows.Count, rows.Select(r => r.Id).Distinct().Count());
            return rows;
        }

        // The XML API's paths are any two words: only Storage's are meant.
        public bool IsAskedBy(LoggedRequest request) =>
            request.Method == _verb && _path.IsMatch(request.Path) && (!_isXml || request.Service == EmulatedService.Storage);

        public bool Knows(string parameter) => (bool)_method.GetType().GetMethod("Knows")!.Invoke(_method, [parameter])!;

        private static object Property(object target, string name) => target.GetType().GetProperty(name)!.GetValue(target)!;
    }
}
