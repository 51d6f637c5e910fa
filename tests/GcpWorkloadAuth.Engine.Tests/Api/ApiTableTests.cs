using System.Reflection;
using System.Text.RegularExpressions;
using GcpWorkloadAuth.Engine.Api;

namespace GcpWorkloadAuth.Engine.Tests.Api;

public sealed class ApiTableTests
{
    private static readonly Type[] s_tables = [.. typeof(ApiMethod).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(ApiMethod).Namespace && t.GetField("All") is not null)];

    private static readonly ApiMethod[] s_all = [.. s_tables.SelectMany(t => (ApiMethod[])t.GetField("All")!.GetValue(null)!)];

    // Methods that are neither of the standard verbs, by their last word.
    private static readonly Dictionary<string, HttpMethod> s_verbs = new(StringComparer.Ordinal)
    {
        ["get"] = HttpMethod.Get,
        ["list"] = HttpMethod.Get,
        ["aggregatedList"] = HttpMethod.Get,
        ["search"] = HttpMethod.Get,
        ["create"] = HttpMethod.Post,
        ["run"] = HttpMethod.Post,
        ["insert"] = HttpMethod.Post,
        ["generateAccessToken"] = HttpMethod.Post,
        ["generateIdToken"] = HttpMethod.Post,
        ["signBlob"] = HttpMethod.Post,
        ["wait"] = HttpMethod.Post,
        ["token"] = HttpMethod.Post,
        ["start"] = HttpMethod.Post,
        ["stop"] = HttpMethod.Post,
        ["suspend"] = HttpMethod.Post,
        ["resume"] = HttpMethod.Post,
        ["reset"] = HttpMethod.Post,
        ["setMetadata"] = HttpMethod.Post,
        ["setLabels"] = HttpMethod.Post,
        ["setTags"] = HttpMethod.Post,
        ["setMachineType"] = HttpMethod.Post,
        ["setServiceAccount"] = HttpMethod.Post,
        ["attachDisk"] = HttpMethod.Post,
        ["detachDisk"] = HttpMethod.Post,
        ["resize"] = HttpMethod.Post,
        ["recreateInstances"] = HttpMethod.Post,
        ["setCommonInstanceMetadata"] = HttpMethod.Post,
        ["bulkInsert"] = HttpMethod.Post,
        ["getSerialPortOutput"] = HttpMethod.Get,
        ["getGuestAttributes"] = HttpMethod.Get,
        ["getFromFamily"] = HttpMethod.Get,
        ["listManagedInstances"] = HttpMethod.Post,
        ["patch"] = HttpMethod.Patch,
        ["rewrite"] = HttpMethod.Post,
        ["move"] = HttpMethod.Post,
        ["compose"] = HttpMethod.Post,
        ["restore"] = HttpMethod.Post,
        ["batch"] = HttpMethod.Post,
        ["lockRetentionPolicy"] = HttpMethod.Post,
        ["getIamPolicy"] = HttpMethod.Get,
        ["listUploads"] = HttpMethod.Get,
        ["setIamPolicy"] = HttpMethod.Put, // Compute Engine's is a POST
        ["update"] = HttpMethod.Put,
        ["abort"] = HttpMethod.Delete,
        ["delete"] = HttpMethod.Delete,
        ["testIamPermissions"] = HttpMethod.Post, // Storage's is a GET
    };

    public static TheoryData<string> Ids => [.. s_all.Select(m => m.Id)];

    [Fact]
    public void Every_service_has_its_table() => Assert.True(s_tables.Length >= 5);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_row_is_sound(string id)
    {
        ApiMethod method = Assert.Single(s_all, m => m.Id == id);

        Assert.Matches("^" + method.Service.Id + (method.Service == ApiService.Sts ? @"\.[a-z]+$" : @"(\.[a-z][A-Za-z]*){2,3}$"), id);
        Assert.False(method.Path.StartsWith('/'), "the path is below the service's base path");
        Assert.DoesNotContain("//", method.Path, StringComparison.Ordinal);
        string rest = Regex.Replace(method.Path, @"\{[a-z][A-Za-z]*\}", string.Empty);
        Assert.DoesNotContain('{', rest);
        Assert.DoesNotContain('}', rest);
        Assert.Equal(method.Query.Count, method.Query.Distinct(StringComparer.Ordinal).Count());
        Assert.All(method.Query, name => Assert.Matches(method.IsXml ? "^[a-z][A-Za-z-]*$" : "^[a-z][A-Za-z_]*$", name));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_verb_and_the_retry_class_fit_the_last_part_of_the_id(string id)
    {
        ApiMethod method = s_all.Single(m => m.Id == id);
        string verb = id[(id.LastIndexOf('.') + 1)..];
        HttpMethod? expected = verb == "testIamPermissions" && method.Service == ApiService.Storage ? HttpMethod.Get
            : verb == "setIamPolicy" && method.Service == ApiService.Compute ? HttpMethod.Post
            : s_verbs.GetValueOrDefault(verb);
        Assert.True(expected is not null, "say which verb " + id + " has");
        Assert.Equal(expected, method.Verb);

        // What IAM Credentials makes changes nothing on the server, and a question asked by POST neither: twice is as good as once.
        // Waiting for an operation and listing members change nothing either.
        if (expected == HttpMethod.Get || method.Service == ApiService.IamCredentials || method.Service == ApiService.Sts || verb is "testIamPermissions" or "wait" or "listManagedInstances")
        {
            Assert.Equal(RetryClass.Idempotent, method.Retry);
        }
        else
        {
            Assert.NotEqual(RetryClass.Idempotent, method.Retry);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_placeholder_is_filled(string id)
    {
        ApiMethod method = s_all.Single(m => m.Id == id);
        int count = Regex.Count(method.Path, @"\{");

        string text = method.Format([.. Enumerable.Range(1, count).Select(i => "value" + i)]);

        Assert.DoesNotContain('{', text);
        Assert.All(Enumerable.Range(1, count), i => Assert.Contains("value" + i, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_have_pages()
    {
        Assert.All(
            s_all.Where(m => m.Id.EndsWith("ist", StringComparison.Ordinal)),
            m => Assert.True(m.Knows("pageToken") && (m.Knows("maxResults") || m.Knows("pageSize")), m.Id));

        // What spans several places can be partial.
        Assert.All(
            s_all.Where(m => m.Service == ApiService.Compute ? m.Id.EndsWith("ist", StringComparison.Ordinal) : m.Id == "storage.buckets.list"),
            m => Assert.True(m.Knows("returnPartialSuccess"), m.Id));
    }

    public static TheoryData<string> Tables => [.. s_tables.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void All_holds_every_row_once(string name)
    {
        Type table = s_tables.Single(t => t.Name == name);
        ApiMethod[] rows = [.. table.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(ApiMethod))
            .Select(f => (ApiMethod)f.GetValue(null)!)];
        ApiMethod[] all = (ApiMethod[])table.GetField("All")!.GetValue(null)!;

        Assert.NotEmpty(rows);
        Assert.Equal(rows, all);
        Assert.Equal(rows.Length, rows.Select(m => m.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_service_names_its_variable_as_gcloud_does()
    {
        foreach (ApiService service in new[] { ApiService.Storage, ApiService.Compute, ApiService.ResourceManager })
        {
            Assert.Equal("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + service.Id.ToUpperInvariant(), service.OverrideVariable);
            Assert.Equal(service == ApiService.ResourceManager ? "v3/" : service.Id + "/v1/", service.BasePath);
            Assert.Contains(service.OverrideVariable, Support.Snapshots.Names);
        }
    }
}
