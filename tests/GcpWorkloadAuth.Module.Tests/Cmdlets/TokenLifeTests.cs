using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>When a token is kept, renewed and dropped.</summary>
public sealed class TokenLifeTests : CloudTest
{
    [Theory]
    [InlineData(3599)]
    [InlineData(240)]
    public void A_token_with_enough_life_is_kept(int seconds)
    {
        Cloud.State.Tokens.Lifetime = TimeSpan.FromSeconds(seconds);

        RunResult result = Run("1..3 | ForEach-Object { Get-GceAccessToken -AsPlainText }").MustSucceed();

        Assert.Single(result.Strings().Distinct());
        Assert.Equal(1, TokenRequests);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_token_near_its_end_is_handed_out_and_renewed_meanwhile()
    {
        Cloud.State.Tokens.Lifetime = TimeSpan.FromSeconds(200);
        string first = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        Cloud.State.Tokens.Lifetime = TimeSpan.FromHours(1);

        string second = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        await Cloud.Requests.WaitForAsync(
            r => r.Sequence > 1 && r.Path.EndsWith("/token", StringComparison.Ordinal) && r.Status is not null && TokenRequests == 2,
            TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.True(await BecomesAsync(() => Run("Get-GceAccessToken -AsPlainText").Single<string>() != first));
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_token_in_its_last_minute_is_not_handed_out_again()
    {
        Cloud.State.Tokens.Lifetime = TimeSpan.FromSeconds(50);
        string first = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        Cloud.State.Tokens.Lifetime = TimeSpan.FromHours(1);

        string second = Run("Get-GceAccessToken -AsPlainText").Single<string>();

        Assert.NotEqual(first, second);
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_fresh_token_with_little_life_is_handed_out_with_a_warning()
    {
        Cloud.State.Tokens.Lifetime = TimeSpan.FromSeconds(40);

        RunResult result = Run("Get-GceAccessToken").MustSucceed();

        Assert.Single(result.Output);
        Assert.Contains("metadata server", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_token_again_from_the_server_makes_no_loop()
    {
        Cloud.State.Tokens.RenewalWindow = TimeSpan.Zero;
        Cloud.State.Tokens.Lifetime = TimeSpan.FromSeconds(40);

        RunResult result = Run("1..3 | ForEach-Object { Get-GceAccessToken -AsPlainText }").MustSucceed();

        Assert.Single(result.Strings().Distinct());
        Assert.Equal(3, TokenRequests);
    }

    [Theory]
    [InlineData("Get-GcsBucket", EmulatedService.Storage)]
    [InlineData("Get-GceInstance", EmulatedService.Compute)]
    public void A_token_that_an_api_refuses_is_renewed_once(string command, EmulatedService service)
    {
        Run("Get-GceAccessToken").MustSucceed();
        Cloud.State.Tokens.RevokeAll();

        RunResult result = Run(command).MustSucceed();

        Assert.NotEmpty(result.Output);
        Assert.Equal([401, 200], Requests(service).Select(r => r.Status));
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_refusal_of_the_new_token_too_is_an_error_and_no_more_is_tried()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/*", Status = 401, Body = GoogleErrors.InvalidCredentials() });

        ErrorRecord error = Run("Get-GcsBucket demo-bucket").SingleError("Unauthenticated", ErrorCategory.AuthenticationError);

        Assert.Equal("demo-bucket", error.TargetObject);
        Assert.Equal([401, 401], Requests(EmulatedService.Storage).Select(r => r.Status));
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_given_token_that_is_refused_cannot_be_renewed()
    {
        string token = Cloud.State.Tokens.Issue("a@b", ["https://www.googleapis.com/auth/cloud-platform"], lifetime: TimeSpan.Zero).Value;
        Run("Connect-GcpAccount -AccessToken $args[0] -Project demo-project -Endpoint @{ storage = $args[1] }",
            Secret(token), Cloud.ApiAddress.AbsoluteUri).MustSucceed();

        Run("Get-GcsBucket").SingleError("Unauthenticated", ErrorCategory.AuthenticationError);

        Assert.Equal([401], Requests(EmulatedService.Storage).Select(r => r.Status));
    }

    [Fact]
    public void A_token_that_expires_unseen_is_renewed_in_the_middle_of_a_list()
    {
        Cloud.State.AddProject("large-project", 44, buckets: 1500);

        RunResult result = Run(
            "$tokens = $args[0]; $n = 0; Get-GcsBucket -Project large-project | ForEach-Object { if ($n++ -eq 0) { $tokens.RevokeAll() }; $_ }",
            Cloud.State.Tokens).MustSucceed();

        Assert.Equal(1500, result.Output.Count);
        Assert.Equal([200, 401, 200], Requests(EmulatedService.Storage).Select(r => r.Status));
    }

    private static async Task<bool> BecomesAsync(Func<bool> condition)
    {
        for (int i = 0; i < 100; i++)
        {
            if (condition())
            {
                return true;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return false;
    }
}
