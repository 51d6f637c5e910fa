using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What of an object goes into a job's output, another session or a file, and what comes back.</summary>
public sealed class SerializationTests : CloudTest
{
    [Fact]
    public void A_token_object_leaves_without_its_token()
    {
        PSObject token = Run("Get-GceAccessToken").Output[0];
        string secret = Run("Get-GceAccessToken -AsPlainText").Single<string>();

        foreach (int depth in (int[])[1, 2, 5])
        {
            string text = Serialize(token, depth);
            Assert.DoesNotContain(secret[10..26], text, StringComparison.Ordinal);
            Assert.DoesNotContain("<SS", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"Token\"", text, StringComparison.Ordinal);
        }

        PSObject copy = Deserialize(Serialize(token, 1));
        Assert.Equal("Deserialized.GcpWorkloadAuth.GceAccessToken", copy.TypeNames[0]);
        Assert.Equal(["Account", "ExpiresAt", "Scopes", "Source", "TokenType"], copy.Properties.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(token.Properties["ExpiresAt"].Value, copy.Properties["ExpiresAt"].Value);
        Assert.Equal(token.ToString(), copy.ToString());
    }

    [Fact]
    public void A_token_inside_another_object_leaves_without_it_too()
    {
        PSObject outer = Run("[pscustomobject]@{ Inner = Get-GceAccessToken; List = @(Get-GceAccessToken); Table = @{ T = Get-GceAccessToken } }").Output[0];

        string text = Serialize(outer, 4);

        Assert.DoesNotContain("<SS", text, StringComparison.Ordinal);
        Assert.Contains("gserviceaccount", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-GceInstance -Current")]
    [InlineData("Get-GcsBucket demo-project-bucket-0001")]
    [InlineData("Get-GcpContext")]
    [InlineData("Get-GceServiceAccount")]
    public void The_other_objects_come_back_whole(string statement)
    {
        PSObject live = Run(statement).MustSucceed().Output[0];
        PSObject copy = Deserialize(Serialize(live, 1));

        Assert.Equal("Deserialized." + live.BaseObject.GetType().FullName, copy.TypeNames[0]);
        Assert.Equal(live.ToString(), copy.ToString());
        foreach (PSPropertyInfo property in live.Properties)
        {
            object? back = copy.Properties[property.Name]?.Value;
            if (property.Value is null or string or ValueType)
            {
                Assert.Equal(property.Value, (back as PSObject)?.BaseObject ?? back);
            }
            else
            {
                Assert.NotNull(back);
            }
        }
    }

    [Fact]
    public void Inside_an_instance_lists_and_dictionaries_stay_what_they_are()
    {
        RunResult result = Run("""
            $vm = Get-GceInstance -Current
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($vm, 1))
            $copy.Labels['env']
            $copy.Metadata['greeting']
            $copy.Tags -contains 'http-server'
            $copy.ServiceAccounts[0].Email
            $copy.ServiceAccounts[0].Scopes.Count
            $copy.Disks[0].SizeGB
            $copy.NetworkInterfaces[0].InternalIP
            $copy.CreationTime -eq $vm.CreationTime
            $copy.Id -is [uint64]
            """).MustSucceed();

        Assert.Equal(
            ["demo", "hello", "True", "123456789012-compute@developer.gserviceaccount.com", "1", "10", "10.132.0.2", "True", "True"],
            result.Strings());
    }

    [Fact]
    public void A_context_of_a_secret_leaves_without_it()
    {
        string key = Cloud.State.CreateServiceAccountKey(ownTokenUri: true);
        using System.Security.SecureString json = new();
        key.ToList().ForEach(json.AppendChar);
        PSObject context = Run("Connect-GcpAccount -CredentialJson $args[0] -Endpoint @{ token = $args[1] }", json, Cloud.ApiAddress + "token").MustSucceed().Output[0];

        string text = Serialize(context, 5);

        Assert.Contains("robot@demo-project", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<SS", text, StringComparison.Ordinal);
    }

    private string Serialize(PSObject value, int depth) =>
        Run("[System.Management.Automation.PSSerializer]::Serialize($args[0], $args[1])", value, depth).Single<string>();

    private static PSObject Deserialize(string text) => PSObject.AsPSObject(PSSerializer.Deserialize(text));
}
