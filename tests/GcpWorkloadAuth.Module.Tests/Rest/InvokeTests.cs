using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

public sealed class InvokeTests : RestTest
{
    [Fact]
    public void Any_api_answers_with_objects()
    {
        string uri = new Uri(Cloud.ApiAddress, "/storage/v1/b?project=demo-project").AbsoluteUri;

        RunResult result = Run("(Invoke-GcpRestMethod $args[0]).items | ForEach-Object { $_.name }", uri).MustSucceed();

        Assert.Equal(["demo-project-bucket-0001", "demo-project-bucket-0002", "demo-project-bucket-0003"], result.Strings());
        LoggedRequest request = Cloud.Requests.All.Single(r => r.Service == EmulatedService.Storage);
        Assert.StartsWith("Bearer ya29.", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("GET", request.Method);
    }

    [Theory]
    [InlineData("https://storage.googleapis.com/storage/v1/b?project=demo-project", "/storage/v1/b")]
    [InlineData("https://STORAGE.googleapis.com/storage/v1/b?project=demo-project", "/storage/v1/b")]
    [InlineData("https://compute.googleapis.com/compute/v1/projects/demo-project", "/compute/v1/projects/demo-project")]
    [InlineData("https://www.googleapis.com/compute/v1/projects/demo-project", "/compute/v1/projects/demo-project")]
    public void A_services_own_address_goes_where_the_session_has_the_service(string uri, string path)
    {
        Run("$null = Invoke-GcpRestMethod -Uri $args[0]", uri).MustSucceed();

        Assert.Equal(path, Cloud.Requests.All.Single(r => r.Service != EmulatedService.Metadata).Path);
    }

    [Fact]
    public void The_example_counts_what_the_project_has()
    {
        PSObject counts = Assert.Single(Run("& $args[0]", Path.Combine(Repository.Root, "examples", "any-api.ps1")).MustSucceed().Output);

        Assert.Equal("demo-project", counts.Properties["Project"].Value);
        Assert.Equal(3, counts.Properties["Buckets"].Value);
        Assert.True((int)counts.Properties["Zones"].Value > 3);
        Assert.Equal(counts.Properties["Zones"].Value, counts.Properties["Up"].Value);
    }

    [Fact]
    public void Query_values_are_escaped_and_take_the_place_of_those_in_the_address()
    {
        RunResult result = Run(
            """
            $query = @{ filter = 'a = "b&c" #1'; list = 'x', 2; flag = $true; none = $null; when = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc) }
            (Invoke-GcpRestMethod -Uri $args[0] -Query $query).query
            """,
            At("echo?filter=old&keep=1%2F2")).MustSucceed();

        string query = result.Single<string>();
        string[] parts = query.Split('&');
        Assert.Equal("keep=1%2F2", parts[0]);
        Assert.Equal(
            ["filter=a%20%3D%20%22b%26c%22%20%231", "flag=true", "list=2", "list=x", "when=2026-01-02T03%3A04%3A05Z"],
            parts[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_hashtable_goes_as_json_with_times_and_numbers_as_the_apis_read_them()
    {
        RunResult result = Run(
            """
            $body = [ordered]@{
                name = 'Zoë "quoted"'
                big = [ulong]::MaxValue
                small = -1
                half = 0.5
                yes = $true
                nothing = $null
                list = @(1, @{ a = 'b' })
                when = [datetime]::new(2026, 1, 2, 3, 4, 5, 678, [DateTimeKind]::Utc)
                wait = [timespan]::FromSeconds(3.5)
                bytes = [byte[]](1, 2, 3)
                object = [pscustomobject]@{ inner = [pscustomobject]@{ x = 1 } }
            }
            Invoke-GcpRestMethod -Uri $args[0] -Method Post -Body $body
            """,
            At("echo")).MustSucceed();

        LoggedRequest request = Cloud.Requests.All.Single(r => r.Service == EmulatedService.Testing);
        Assert.Equal(
            """{"name":"Zoë \"quoted\"","big":18446744073709551615,"small":-1,"half":0.5,"yes":true,"nothing":null,"list":[1,{"a":"b"}],"when":"2026-01-02T03:04:05.678Z","wait":"3.5s","bytes":"AQID","object":{"inner":{"x":1}}}""",
            request.Body);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        PSObject echoed = (PSObject)Assert.Single(result.Output).Properties["body"].Value;
        Assert.Equal(ulong.MaxValue, echoed.Properties["big"].Value);
        Assert.Equal(-1L, echoed.Properties["small"].Value);
    }

    [Fact]
    public void A_string_goes_as_it_is()
    {
        Run("Invoke-GcpRestMethod -Uri $args[0] -Method PUT -Body 'a=b' -ContentType text/plain", At("echo")).MustSucceed();
        Run("Invoke-GcpRestMethod -Uri $args[0] -Method PATCH -Body '{\"x\": 1}'", At("echo")).MustSucceed();

        LoggedRequest[] sent = [.. Cloud.Requests.All.Where(r => r.Service == EmulatedService.Testing)];
        Assert.Equal(["a=b", "{\"x\": 1}"], sent.Select(r => r.Body));
        Assert.Equal(["text/plain", "application/json; charset=utf-8"], sent.Select(r => r.Headers["Content-Type"]));
        Assert.Equal(["PUT", "PATCH"], sent.Select(r => r.Method));
    }

    [Fact]
    public void A_post_without_a_body_says_that_it_has_none()
    {
        Run("$null = Invoke-GcpRestMethod -Uri $args[0] -Method POST", At("echo")).MustSucceed();

        Assert.Equal("0", Cloud.Requests.All.Single(r => r.Service == EmulatedService.Testing).Headers["Content-Length"]);
    }

    [Fact]
    public void Headers_and_the_quota_project_go_along()
    {
        Cloud.State.Projects.Add("payer", 1);
        RunResult result = Run(
            """
            $secret = [securestring]::new(); 'hidden'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            (Invoke-GcpRestMethod -Uri $args[0] -Headers @{ 'X-Test' = 'yes'; 'X-Secret' = $secret } -QuotaProject payer -Verbose).headers
            """,
            At("echo")).MustSucceed();

        PSObject headers = Assert.Single(result.Output);
        Assert.Equal("yes", headers.Properties["x-test"].Value);
        Assert.Equal("hidden", headers.Properties["x-secret"].Value);
        Assert.Equal("payer", headers.Properties["x-goog-user-project"].Value);
        Assert.DoesNotContain(result.Verbose, v => v.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void The_quota_project_of_the_session_goes_along()
    {
        Cloud.State.Projects.Add("payer", 1);
        Environment.Set("GOOGLE_CLOUD_QUOTA_PROJECT", "payer");

        Run("$null = Invoke-GcpRestMethod $args[0]", At("echo")).MustSucceed();

        Assert.Equal("payer", Cloud.Requests.All.Single(r => r.Service == EmulatedService.Testing).Headers["x-goog-user-project"]);
    }

    [Fact]
    public void Raw_is_the_text()
    {
        string text = Run("Invoke-GcpRestMethod -Uri $args[0] -Raw", At("pages?count=1")).Single<string>();

        Assert.StartsWith("{", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_text_is_a_string_and_nothing_is_nothing()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/text", Body = "\uFEFFhällo", ContentType = "text/plain; charset=utf-8" });
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/empty", Status = 204 });

        Assert.Equal("hällo", Run("Invoke-GcpRestMethod $args[0]", At("echo/text")).Single<string>());
        Assert.Empty(Run("Invoke-GcpRestMethod $args[0] -Method DELETE", At("echo/empty")).MustSucceed().Output);
        Assert.Empty(Run("Invoke-GcpRestMethod $args[0] -Method HEAD", At("echo")).MustSucceed().Output);
    }

    [Fact]
    public void Arrays_come_one_by_one_and_impossible_names_are_told()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/array", Body = "[1, 2.5, null, \"x\"]" });
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/names", Body = """{"a":1,"A":2,"":3,"psobject":4,"b":5}""" });

        Assert.Equal([1L, 2.5, null, "x"], Run("Invoke-GcpRestMethod $args[0]", At("echo/array")).MustSucceed().Output.Select(o => o?.BaseObject));
        RunResult names = Run("Invoke-GcpRestMethod $args[0]", At("echo/names")).MustSucceed();
        Assert.Equal(["a", "b"], Assert.Single(names.Output).Properties.Select(p => p.Name));
        Assert.Equal(3, names.Warnings.Count);
    }

    [Fact]
    public void What_if_changes_nothing()
    {
        foreach (string method in (string[])["POST", "PUT", "PATCH", "DELETE"])
        {
            Assert.Empty(Run("Invoke-GcpRestMethod $args[0] -Method $args[1] -WhatIf", At("things"), method).MustSucceed().Output);
        }

        Assert.Equal(0, Cloud.Requests.Count());
        Run("$null = Invoke-GcpRestMethod $args[0] -WhatIf", At("echo")).MustSucceed();
        Assert.Equal(1, ApiRequests);
    }

    [Fact]
    public void A_refused_token_is_renewed_once()
    {
        Run("$null = Get-GceAccessToken").MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo", Status = 401, Body = GoogleErrors.InvalidCredentials(), Times = 1 });

        Run("$null = Invoke-GcpRestMethod $args[0] -Method POST", At("echo")).MustSucceed();

        Assert.Equal(2, ApiRequests);
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void The_token_is_shown_nowhere()
    {
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/no", Status = 403, Body = GoogleErrors.ServiceDisabled() });

        foreach (string path in (string[])["echo?upload_id=s3cret", "echo/no?upload_id=s3cret"])
        {
            string text = Run("Invoke-GcpRestMethod $args[0] -Verbose -Debug -Raw 4>&1 5>&1 | Where-Object { $_ -isnot [string] }", At(path)).AllText();

            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Bearer ya29", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_body_that_cannot_be_written_is_refused_by_the_place_in_it()
    {
        const string send = "Invoke-GcpRestMethod -Uri $args[0] -Method POST -Body $body";

        ErrorRecord secret = Run("$body = @{ a = @(1, @{ password = [securestring]::new() }) }; " + send, At("echo"))
            .SingleError("RestBodySecret", ErrorCategory.SecurityError);
        Assert.Contains("-Body.a[1].password", secret.ToString(), StringComparison.Ordinal);
        ErrorRecord type = Run("$body = @{ a = [System.Diagnostics.Stopwatch]::new() }; " + send, At("echo"))
            .SingleError("RestBodyTypeInvalid", ErrorCategory.InvalidArgument);
        Assert.Contains("System.Diagnostics.Stopwatch", type.ToString(), StringComparison.Ordinal);
        Run("$body = @{}; $body.self = $body; " + send, At("echo")).SingleError("RestBodyTooDeep", ErrorCategory.InvalidArgument);
        Run("$body = @{ x = [double]::NaN }; " + send, At("echo")).SingleError("RestBodyNotJson", ErrorCategory.InvalidArgument);
        Run("Invoke-GcpRestMethod -Uri $args[0] -Body @{ a = 1 }", At("echo")).SingleError("RestBodyNotAllowed", ErrorCategory.InvalidArgument);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_script_property_may_block_on_async_code()
    {
        RunResult result = Run(
            """
            $object = [pscustomobject]@{ b = 1 }
            $property = [psscriptproperty]::new('slow', { [System.Threading.Tasks.Task]::Delay(20).GetAwaiter().GetResult(); 'waited' })
            $object.psobject.Properties.Add($property)
            (Invoke-GcpRestMethod -Uri $args[0] -Method POST -Body $object).body.slow
            """,
            At("echo")).MustSucceed();

        Assert.Equal("waited", result.Single<string>());
    }
}
