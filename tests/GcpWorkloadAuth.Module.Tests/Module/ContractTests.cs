using System.Collections;
using System.Reflection;
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
        "Connect-GcpAccount -ImpersonateServiceAccount worker@demo-project.iam.gserviceaccount.com; Get-GceIdentityToken api",
        "Disconnect-GcpAccount -All",
    ];

    // What the engine asks for and no cmdlet does yet.
    private static readonly string[] s_notYetAsked =
    [
        "iamcredentials.projects.serviceAccounts.signBlob",
        "storage.objects.delete",
        "storage.objects.insert.delete",
        "storage.xml.parts.delete",
    ];

    protected override EmulatorOptions Options => new() { BucketCount = 3, InstanceCount = 20 };

    [Fact]
    public void Every_request_is_a_row_of_the_tables_and_every_row_is_asked_for()
    {
        Cloud.State.ServiceAccounts.GetOrAdd("worker@demo-project.iam.gserviceaccount.com");
        Cloud.State.Impersonations.Allow(Account, "worker@demo-project.iam.gserviceaccount.com");
        foreach (string form in s_forms)
        {
            Run(form).MustSucceed();
        }

        List<Row> rows = Row.ReadAll();
        List<LoggedRequest> requests = [.. Cloud.Requests.All.Where(r => r.Service is not EmulatedService.Metadata)];
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

    private static IEnumerable<string> QueryNames(LoggedRequest request) =>
        request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => Uri.UnescapeDataString(p.Split('=')[0]));

    /// <summary>A row of a table, read out of the loaded engine.</summary>
    private sealed class Row
    {
        private readonly object _method;
        private readonly Regex _path;
        private readonly string _verb;

        private Row(object method)
        {
            _method = method;
            object service = Property(method, "Service");
            Id = (string)Property(method, "Id");
            _verb = Property(method, "Verb").ToString()!;
            object? mount = method.GetType().GetProperty("Mount")!.GetValue(method);
            string root = (bool)Property(method, "IsXml") ? "/" : "/" + (mount is null ? "" : mount + "/") + Property(service, "BasePath");
            string template = root + Property(method, "Path");
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

        public bool IsAskedBy(LoggedRequest request) => request.Method == _verb && _path.IsMatch(request.Path);

        public bool Knows(string parameter) => (bool)_method.GetType().GetMethod("Knows")!.Invoke(_method, [parameter])!;

        private static object Property(object target, string name) => target.GetType().GetProperty(name)!.GetValue(target)!;
    }
}
