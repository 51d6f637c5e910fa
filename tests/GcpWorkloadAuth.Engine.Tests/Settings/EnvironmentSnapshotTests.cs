using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Settings;

[Collection(EnvironmentTests.Name)]
public sealed class EnvironmentSnapshotTests : IDisposable
{
    private readonly ProcessEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void It_holds_what_the_environment_said()
    {
        _environment.Set("GCLOUD_PROJECT", "  demo ");
        EnvironmentSnapshot snapshot = EnvironmentSnapshot.Take();
        _environment.Set("GCLOUD_PROJECT", "other");

        Assert.Equal("demo", snapshot["GCLOUD_PROJECT"]);
        Assert.Null(snapshot["GOOGLE_CLOUD_PROJECT"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t")]
    public void A_blank_variable_is_not_set(string value)
    {
        _environment.Set("GCLOUD_PROJECT", value);

        Assert.Null(EnvironmentSnapshot.Take()["GCLOUD_PROJECT"]);
    }

    [Fact]
    public void It_notices_each_change_and_its_undoing()
    {
        EnvironmentSnapshot snapshot = EnvironmentSnapshot.Take();
        Assert.True(snapshot.IsCurrent());

        foreach (string name in Snapshots.Names)
        {
            string? before = Environment.GetEnvironmentVariable(name);
            _environment.Set(name, "changed");
            Assert.False(snapshot.IsCurrent(), name);
            _environment.Set(name, before);
            Assert.True(snapshot.IsCurrent(), name);
        }
    }

    [Fact]
    public void A_blank_in_place_of_nothing_is_no_change()
    {
        EnvironmentSnapshot snapshot = EnvironmentSnapshot.Take();
        _environment.Set("GCLOUD_PROJECT", " ");

        Assert.True(snapshot.IsCurrent());
    }

    [Fact]
    public void A_variable_that_is_not_heeded_cannot_be_asked_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EnvironmentSnapshot.Take()["PATH"]);

    [Theory]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS")]
    [InlineData("CLOUDSDK_CONFIG")]
    [InlineData("CLOUDSDK_ACTIVE_CONFIG_NAME")]
    [InlineData("GOOGLE_CLOUD_PROJECT")]
    [InlineData("GCLOUD_PROJECT")]
    [InlineData("CLOUDSDK_CORE_PROJECT")]
    [InlineData("CLOUDSDK_COMPUTE_ZONE")]
    [InlineData("CLOUDSDK_COMPUTE_REGION")]
    [InlineData("GOOGLE_CLOUD_QUOTA_PROJECT")]
    [InlineData("GOOGLE_CLOUD_UNIVERSE_DOMAIN")]
    [InlineData("GCE_METADATA_HOST")]
    [InlineData("GCE_METADATA_IP")]
    [InlineData("GCE_METADATA_ROOT")]
    [InlineData("GCE_METADATA_TIMEOUT")]
    [InlineData("NO_GCE_CHECK")]
    [InlineData("STORAGE_EMULATOR_HOST")]
    [InlineData("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE")]
    [InlineData("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE")]
    public void The_names_other_google_tools_read_are_heeded(string name) => Assert.Contains(name, Snapshots.Names);
}
