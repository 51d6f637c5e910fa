using System.Collections;
using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GceMetadata: paths, values, directories.</summary>
public sealed class MetadataTests : CloudTest
{
    [Theory]
    [InlineData("instance/attributes/greeting")]
    [InlineData("attributes/greeting")]
    [InlineData("/instance/attributes/greeting")]
    [InlineData("computeMetadata/v1/instance/attributes/greeting")]
    [InlineData("/computeMetadata/v1/instance/attributes/greeting")]
    public void A_path_may_be_written_in_several_ways(string path)
    {
        Assert.Equal("hello", Run("Get-GceMetadata $args[0]", path).MustSucceed().Single<string>());
        Assert.Equal("/computeMetadata/v1/instance/attributes/greeting", Assert.Single(Cloud.Requests.All).Path);
    }

    [Fact]
    public void Project_metadata_by_switch_and_by_path()
    {
        Cloud.State.Machine.SetProjectAttribute("fleet", "blue");

        RunResult result = Run("Get-GceMetadata attributes/fleet -Project; Get-GceMetadata project/attributes/fleet").MustSucceed();

        Assert.Equal(["blue", "blue"], result.Strings());
    }

    [Fact]
    public void Values_have_their_types()
    {
        RunResult result = Run("'instance/id', 'project/numeric-project-id', 'instance/name' | Get-GceMetadata").MustSucceed();

        Assert.Equal(Cloud.State.Machine.Instance.Id, Convert.ToUInt64(result.Output[0].BaseObject, null));
        Assert.IsNotType<string>(result.Output[0].BaseObject);
        Assert.Equal(123456789012L, result.Output[1].BaseObject);
        Assert.Equal("demo-vm", result.Output[2].BaseObject);
    }

    [Fact]
    public void Lists_come_one_by_one()
    {
        Assert.Equal(["http-server", "https-server"], Run("Get-GceMetadata instance/tags").MustSucceed().Strings());
    }

    [Fact]
    public void Text_that_looks_like_something_else_stays_text()
    {
        Cloud.State.Machine.SetInstanceAttribute("number", "0042");
        Cloud.State.Machine.SetInstanceAttribute("json", """{"a":1}""");
        Cloud.State.Machine.SetInstanceAttribute("lines", "one\r\ntwo\n");
        Cloud.State.Machine.SetInstanceAttribute("umlaut", "Grüße");

        RunResult result = Run("'number', 'json', 'lines', 'umlaut' | ForEach-Object { Get-GceMetadata attributes/$_ }").MustSucceed();

        Assert.Equal(["0042", """{"a":1}""", "one\r\ntwo\n", "Grüße"], result.Strings());
        Assert.All(result.Output, o => Assert.IsType<string>(o.BaseObject));
    }

    [Theory]
    [InlineData("instance/attributes/")]
    [InlineData("instance/attributes")]
    public void A_directory_gives_the_names_in_it(string path)
    {
        Assert.Equal(["enable-oslogin", "greeting"], Run("Get-GceMetadata $args[0]", path).MustSucceed().Strings());
    }

    [Fact]
    public void Without_a_path_everything_is_one_object()
    {
        RunResult result = Run("$all = Get-GceMetadata; $all.instance.name; $all.project.projectId; $all.instance.attributes.greeting; @($all).Count")
            .MustSucceed();

        Assert.Equal(["demo-vm", "demo-project", "hello", "1"], result.Strings());
        Assert.Single(Cloud.Requests.All);
    }

    [Fact]
    public void The_project_switch_alone_gives_the_project()
    {
        Assert.Equal(["demo-project"], Run("(Get-GceMetadata -Project).projectId").MustSucceed().Strings());
    }

    [Theory]
    [InlineData("instance/attributes")]
    [InlineData("instance/attributes/")]
    public void Recursion_gives_one_object(string path)
    {
        RunResult result = Run("$a = Get-GceMetadata $args[0] -Recurse; $a.greeting; $a.'enable-oslogin'", path).MustSucceed();

        Assert.Equal(["hello", "TRUE"], result.Strings());
    }

    [Fact]
    public void Recursion_into_a_value_gives_the_value()
    {
        Assert.Equal("hello", Run("Get-GceMetadata instance/attributes/greeting -Recurse").MustSucceed().Single<string>());
    }

    [Fact]
    public void As_hashtable()
    {
        RunResult result = Run("$h = Get-GceMetadata instance/attributes -Recurse -AsHashtable; $h.GetType().Name; $h['greeting']; $h['GREETING']")
            .MustSucceed();

        Assert.Equal("Hashtable", result.Output[0].BaseObject);
        Assert.Equal("hello", result.Output[1].BaseObject);
        Assert.Null(result.Output[2]);
        Assert.IsType<Hashtable>(Run("(Get-GceMetadata -AsHashtable)['instance']['attributes']").Single<Hashtable>());
    }

    [Fact]
    public void Keys_that_differ_in_case_stay_apart_in_a_hashtable_and_warn_in_an_object()
    {
        Cloud.State.Machine.SetInstanceAttribute("Greeting", "Hello");

        RunResult table = Run("$h = Get-GceMetadata instance/attributes -Recurse -AsHashtable; $h['greeting']; $h['Greeting']").MustSucceed();
        RunResult value = Run("(Get-GceMetadata instance/attributes -Recurse).greeting").MustSucceed();

        Assert.Equal(["hello", "Hello"], table.Strings());
        Assert.Empty(table.Warnings);
        Assert.Single(value.Output);
        Assert.Contains("-AsHashtable", Assert.Single(value.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_named_like_a_member_of_objects_is_only_a_key()
    {
        Cloud.State.Machine.SetInstanceAttribute("Count", "three");

        Assert.Equal(["three"], Run("(Get-GceMetadata instance/attributes -Recurse).Count").MustSucceed().Strings());
    }

    [Theory]
    [InlineData("psobject")]
    [InlineData("PSBase")]
    [InlineData("pstypenames")]
    [InlineData("psadapted")]
    [InlineData("psextended")]
    public void A_key_that_powershell_keeps_for_itself_is_left_out_with_a_warning(string key)
    {
        Cloud.State.Machine.SetInstanceAttribute(key, "x");

        RunResult value = Run("(Get-GceMetadata instance/attributes -Recurse).greeting").MustSucceed();
        RunResult table = Run("(Get-GceMetadata instance/attributes -Recurse -AsHashtable)[$args[0]]", key).MustSucceed();

        Assert.Equal(["hello"], value.Strings());
        Assert.Contains("'" + key + "'", Assert.Single(value.Warnings), StringComparison.Ordinal);
        Assert.Equal(["x"], table.Strings());
        Assert.Empty(table.Warnings);
    }

    [Fact]
    public void Raw_is_the_servers_own_text()
    {
        RunResult result = Run("Get-GceMetadata instance/attributes/ -Raw; Get-GceMetadata instance/id -Raw; Get-GceMetadata instance/tags -Raw")
            .MustSucceed();

        Assert.Equal("enable-oslogin\ngreeting\n", result.Output[0].BaseObject);
        Assert.Equal(Cloud.State.Machine.Instance.Id.ToString(null, null), result.Output[1].BaseObject);
        Assert.All(result.Output, o => Assert.IsType<string>(o.BaseObject));
    }

    [Fact]
    public void An_empty_value_is_an_empty_string()
    {
        Cloud.State.Machine.SetInstanceAttribute("empty", string.Empty);

        Assert.Equal(string.Empty, Run("Get-GceMetadata attributes/empty").MustSucceed().Single<string>());
    }

    [Fact]
    public void A_value_of_the_largest_size_is_read()
    {
        Cloud.State.Machine.SetInstanceAttribute("large", new string('"', 256 * 1024));

        Assert.Equal(256 * 1024, Run("Get-GceMetadata attributes/large").MustSucceed().Single<string>().Length);
    }

    [Fact]
    public void A_missing_path_is_not_found_and_the_others_are_read()
    {
        RunResult result = Run("Get-GceMetadata instance/attributes/nope, instance/name");

        ErrorRecord error = result.SingleError("MetadataPathNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("instance/attributes/nope", error.TargetObject);
        Assert.Equal(["demo-vm"], result.Strings());
    }

    [Fact]
    public void Paths_are_case_sensitive_as_the_server_is()
    {
        Run("Get-GceMetadata instance/NAME").SingleError("MetadataPathNotFound", ErrorCategory.ObjectNotFound);
    }

    [Theory]
    [InlineData("instance/../project/project-id")]
    [InlineData("instance//name")]
    [InlineData("instance/name?alt=json")]
    [InlineData("instance/name#x")]
    [InlineData("http://169.254.169.254/computeMetadata/v1/instance/name")]
    public void What_is_no_path_is_refused_before_any_request(string path)
    {
        ErrorRecord error = Run("Get-GceMetadata $args[0]", path).SingleError("MetadataPathInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal(path, error.TargetObject);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("instance/service-accounts/default/token")]
    [InlineData("service-accounts/default/token")]
    [InlineData("instance/service-accounts/default/identity")]
    [InlineData("instance/service-accounts/default/tok%65n")]
    [InlineData("instance/service-accounts/default/token/")]
    public void A_token_is_no_metadata(string path)
    {
        Run("Get-GceMetadata $args[0]", path).SingleError("MetadataPathIsSecret", ErrorCategory.SecurityError);
        Run("Get-GceMetadata $args[0] -Raw", path).SingleError("MetadataPathIsSecret", ErrorCategory.SecurityError);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void Everything_at_once_holds_no_token()
    {
        RunResult result = Run("Get-GceMetadata -Raw; Get-GceMetadata instance/service-accounts/ -Recurse -Raw").MustSucceed();

        Assert.DoesNotContain(result.Strings(), text => text.Contains("ya29.", StringComparison.Ordinal));
    }

    [Fact]
    public void Odd_names_are_escaped()
    {
        Cloud.State.Machine.SetGuestAttribute("my ns/a+b%c", "odd");
        Cloud.State.Machine.GuestAttributesEnabled = true;

        Assert.Equal("odd", Run("Get-GceMetadata 'instance/guest-attributes/my ns/a+b%25c'").MustSucceed().Single<string>());
    }
}
