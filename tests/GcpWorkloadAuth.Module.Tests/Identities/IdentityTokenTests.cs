using System.Management.Automation;
using System.Security;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Identities;

/// <summary>Get-GceIdentityToken: for whom, what it says, what it costs, and who cannot.</summary>
public sealed class IdentityTokenTests : CloudTest
{
    private const string Robot = "robot@demo-project.iam.gserviceaccount.com";
    private const string Worker = "worker@demo-project.iam.gserviceaccount.com";
    private const string Service = "https://service.example/?a=1&b=2#frag|x";

    [Fact]
    public void A_vm_tells_a_service_who_it_is()
    {
        RunResult result = Run("Get-GceIdentityToken $args[0]", Service).MustSucceed();

        Assert.Equal(Service, result.Property("Audience"));
        Assert.Equal("https://accounts.google.com", result.Property("Issuer"));
        Assert.Equal(Cloud.State.ServiceAccounts.Find(Account)!.UniqueId, result.Property("Subject"));
        Assert.Null(result.Property("Email"));
        Assert.Null(result.Property("ComputeEngine"));
        Assert.Equal(Account, result.Property("Account"));
        Assert.IsType<SecureString>(result.Property("Token"));
        DateTime end = Assert.IsType<DateTime>(result.Property("ExpiresAt"));
        Assert.Equal(DateTimeKind.Local, end.Kind);
        Assert.InRange(end, DateTime.Now.AddMinutes(59), DateTime.Now.AddMinutes(61));
        LoggedRequest request = Assert.Single(IdentityRequests());
        Assert.Equal("audience=" + Uri.EscapeDataString(Service) + "&format=standard", request.Query);
    }

    [Fact]
    public void The_full_form_says_which_vm()
    {
        RunResult result = Run(
            "$t = Get-GceIdentityToken api -Format Full -IncludeLicense; $t.Email; $c = $t.ComputeEngine; $c.ProjectId; $c.ProjectNumber; $c.Zone; $c.InstanceName; $c.InstanceId; $c.LicenseIds.Count; $c.InstanceCreatedAt.Kind")
            .MustSucceed();

        EmulatedInstance machine = Cloud.State.Machine.Instance;
        Assert.Equal(
            [Account, "demo-project", "123456789012", "europe-west1-b", "demo-vm", machine.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "1", "Local"],
            result.Strings());
        Assert.Equal("audience=api&format=full&licenses=TRUE", Assert.Single(IdentityRequests()).Query);
    }

    [Fact]
    public void A_warm_token_asks_nobody_and_each_audience_and_form_has_its_own()
    {
        Run("Get-GceIdentityToken one; Get-GceIdentityToken two; Get-GceIdentityToken one -Format Full").MustSucceed();
        Assert.Equal(3, IdentityRequests().Count);
        Cloud.Requests.Clear();

        Run("Get-GceIdentityToken one; Get-GceIdentityToken two; Get-GcpIdentityToken one -Format Full").MustSucceed();

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void Force_refresh_asks_again()
    {
        Run("Get-GceIdentityToken one; Get-GceIdentityToken one -ForceRefresh").MustSucceed();

        Assert.Equal(2, IdentityRequests().Count);
    }

    [Fact]
    public void Plain_text_and_header_carry_the_whole_token()
    {
        string plain = Run("Get-GceIdentityToken api -AsPlainText").MustSucceed().Single<string>();
        RunResult header = Run("$h = Get-GceIdentityToken api -AsHeader; $h.Authorization; $h.Count").MustSucceed();

        Assert.Equal(3, plain.Split('.').Length);
        Assert.Equal(["Bearer " + plain, "1"], header.Strings());
    }

    [Fact]
    public void Another_attached_account_can_be_named()
    {
        Cloud.State.Machine.AttachAlso(Worker, ["https://www.googleapis.com/auth/cloud-platform"]);

        RunResult result = Run("Get-GceServiceAccount $args[0] | Get-GceIdentityToken api", Worker).MustSucceed();

        Assert.Equal(Worker, result.Property("Account"));
        Run("Get-GceIdentityToken api -ServiceAccount nobody@example.com").SingleError("ServiceAccountNotAttached", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void A_vm_without_an_account_has_none()
    {
        Cloud.State.Machine.Detach();

        Run("Get-GceIdentityToken api").SingleError("NoServiceAccount", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void A_key_signs_for_its_own()
    {
        string file = KeyFile();
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -SkipValidation", file, TokenEndpoint).MustSucceed();
        Cloud.Requests.Clear();

        RunResult result = Run("Get-GceIdentityToken $args[0] -IncludeEmail", Service).MustSucceed();

        Assert.Equal(Service, result.Property("Audience"));
        Assert.Equal(Robot, result.Property("Email"));
        Assert.Equal(Robot, result.Property("Account"));
        Assert.Equal(1, Cloud.Requests.Count());
        Run("Get-GceIdentityToken $args[0] -IncludeEmail", Service).MustSucceed();
        Assert.Equal(1, Cloud.Requests.Count());
    }

    [Fact]
    public void An_impersonated_account_has_one_too()
    {
        Allow(Account, Worker);
        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0] -SkipValidation", Worker).MustSucceed();
        Cloud.Requests.Clear();

        RunResult bare = Run("Get-GceIdentityToken $args[0]", Service).MustSucceed();
        Assert.Equal(2, Cloud.Requests.Count());
        Assert.Null(bare.Property("Email"));
        Assert.Equal(Worker, bare.Property("Account"));
        Assert.Equal(Service, JsonNode.Parse(Cloud.Requests.All[1].Body)!["audience"]!.ToString());

        RunResult withEmail = Run("Get-GceIdentityToken $args[0] -IncludeEmail", Service).MustSucceed();
        Assert.Equal(Worker, withEmail.Property("Email"));
        Assert.Equal(3, Cloud.Requests.Count());
        Run("Get-GceIdentityToken $args[0] -IncludeEmail", Service).MustSucceed();
        Assert.Equal(3, Cloud.Requests.Count());
    }

    [Fact]
    public void Iam_says_no()
    {
        Cloud.State.ServiceAccounts.GetOrAdd(Worker);

        ErrorRecord error = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0] -SkipValidation | ForEach-Object { }; Get-GceIdentityToken api", Worker)
            .SingleError("ImpersonationDenied", ErrorCategory.PermissionDenied);

        Assert.Contains("iam.serviceAccounts.getOpenIdToken", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_and_a_bare_token_have_none_and_are_told_why()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -SkipValidation", UserFile(), TokenEndpoint).MustSucceed();
        ErrorRecord person = Run("Get-GceIdentityToken api").SingleError("IdentityTokenNotSupported", ErrorCategory.NotImplemented);
        Run("Connect-GcpAccount -AccessToken $args[0] -SkipValidation", Secret("ya29.x")).MustSucceed();
        ErrorRecord token = Run("Get-GceIdentityToken api").SingleError("IdentityTokenNotSupported", ErrorCategory.NotImplemented);

        Assert.Contains("authorized_user", person.ToString(), StringComparison.Ordinal);
        Assert.Contains("AccessToken", token.ToString(), StringComparison.Ordinal);
        Assert.Contains("-ImpersonateServiceAccount", token.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Theory]
    [InlineData("Get-GceIdentityToken api -IncludeLicense", "IdentityOptionNotSupported")]
    [InlineData("Get-GceIdentityToken api -IncludeEmail", "IdentityOptionNotSupported")]
    [InlineData("Get-GceIdentityToken ' '", "AudienceInvalid")]
    [InlineData("Get-GceIdentityToken \"a`nb\"", "AudienceInvalid")]
    public void What_cannot_be_is_refused_before_any_request(string script, string errorId)
    {
        Run(script).SingleError(errorId, ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void Options_of_a_vm_do_not_go_with_a_key()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -SkipValidation", KeyFile(), TokenEndpoint).MustSucceed();

        Run("Get-GceIdentityToken api -Format Full").SingleError("IdentityOptionNotSupported", ErrorCategory.InvalidArgument);
        Run("Get-GceIdentityToken api -ServiceAccount a@b.c").SingleError("ServiceAccountNeedsMetadataServer", ErrorCategory.InvalidArgument);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")]
    [InlineData("")]
    public void What_is_no_token_is_said_so_and_not_shown(string body)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/identity", Status = 200, Body = body, ContentType = "text/html" });

        RunResult result = Run("Get-GceIdentityToken api");

        ErrorRecord error = result.SingleError("TokenResponseInvalid", ErrorCategory.InvalidData);
        Assert.DoesNotContain("eyJ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_stream_and_no_view_shows_the_token()
    {
        RunResult result = Run(
            "$t = Get-GceIdentityToken api -Format Full -Verbose -Debug; $t; \"$t\"; [System.Management.Automation.PSSerializer]::Serialize($t, 4); foreach ($p in $t.PSObject.Properties) { \"$($p.Name) = $($p.Value)\" }")
            .MustSucceed();
        string token = Run("Get-GceIdentityToken api -Format Full -AsPlainText").Single<string>();

        Assert.NotEmpty(result.Verbose);
        Assert.DoesNotContain("eyJ", result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[2], result.AllText(), StringComparison.Ordinal);
        Assert.Contains("demo-vm", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disconnecting_forgets_it()
    {
        Run("Connect-GcpAccount -MetadataServer; Get-GceIdentityToken api; Disconnect-GcpAccount -All; Connect-GcpAccount -MetadataServer; Get-GceIdentityToken api")
            .MustSucceed();

        Assert.Equal(2, IdentityRequests().Count);
    }

    [Fact]
    public void The_example_works_as_another_account_and_leaves_nothing_behind()
    {
        Allow(Account, Worker);
        string script = Path.Combine(Repository.Root, "examples", "impersonate.ps1");

        RunResult result = Run("& $args[0] -ServiceAccount $args[1] -Audience https://service.example; (Get-GcpContext).Account", script, Worker)
            .MustSucceed();

        Assert.Equal(["demo-project-bucket-0001", "demo-project-bucket-0002", "demo-project-bucket-0003"], result.Strings().Take(3));
        Assert.Equal(Worker, result.Output[3].Properties["Email"].Value);
        Assert.Equal(Account, result.Output[4].ToString());
    }

    private List<LoggedRequest> IdentityRequests() => [.. Cloud.Requests.All.Where(r => r.Path.EndsWith("/identity", StringComparison.Ordinal))];

    private void Allow(string caller, string target)
    {
        Cloud.State.ServiceAccounts.GetOrAdd(target);
        Cloud.State.Impersonations.Allow(caller, target);
    }
}
