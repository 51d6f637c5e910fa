using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Settings;

public sealed class GcloudConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_file_nothing_is_set()
    {
        GcloudConfiguration configuration = Load();

        Assert.Null(configuration["core/project"]);
        Assert.Equal(string.Empty, configuration.Path);
    }

    [Fact]
    public void Without_an_active_name_the_default_configuration_counts()
    {
        string path = Configure("default", "demo");

        GcloudConfiguration configuration = Load();

        Assert.Equal("demo", configuration["core/project"]);
        Assert.Equal(path, configuration.Path);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("work\n")]
    [InlineData("  work  \r\n")]
    public void The_active_configuration_is_the_one_the_file_names(string content)
    {
        Configure("default", "other");
        Configure("work", "demo");
        _folder.Write("active_config", content);

        Assert.Equal("demo", Load()["core/project"]);
    }

    [Fact]
    public void An_empty_active_file_means_default()
    {
        Configure("default", "demo");
        _folder.Write("active_config", "\n");

        Assert.Equal("demo", Load()["core/project"]);
    }

    [Fact]
    public void The_variable_wins_over_the_file()
    {
        Configure("default", "other");
        Configure("work", "other");
        Configure("play", "demo");
        _folder.Write("active_config", "work");

        Assert.Equal("demo", Load(("CLOUDSDK_ACTIVE_CONFIG_NAME", "play"))["core/project"]);
    }

    [Fact]
    public void The_name_NONE_means_no_properties()
    {
        Configure("default", "other");
        Configure("NONE", "other");
        _folder.Write("active_config", "NONE");

        Assert.Null(Load()["core/project"]);
        _folder.Write("active_config", "default");
        Assert.Null(Load(("CLOUDSDK_ACTIVE_CONFIG_NAME", "NONE"))["core/project"]);
    }

    [Theory]
    [InlineData("../../elsewhere")]
    [InlineData("Work")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    public void A_name_that_is_none_reads_no_file(string name)
    {
        _folder.Write("elsewhere", "[core]\nproject = other\n");
        foreach (string file in new[] { "configurations/config_Work", "configurations/config_a b", "configurations/config_a.b", "configurations/config_a/b" })
        {
            _folder.Write(file, "[core]\nproject = other\n");
        }

        Assert.Null(Load(("CLOUDSDK_ACTIVE_CONFIG_NAME", name))["core/project"]);
    }

    [Fact]
    public void A_configuration_that_is_named_but_missing_sets_nothing()
    {
        Configure("default", "other");

        Assert.Null(Load(("CLOUDSDK_ACTIVE_CONFIG_NAME", "missing"))["core/project"]);
    }

    [Fact]
    public void An_empty_value_is_not_set()
    {
        _folder.Write("configurations/config_default", "[core]\nproject =\n");

        Assert.Null(Load()["core/project"]);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_sets_nothing()
    {
        Directory.CreateDirectory(_folder.In("configurations/config_default"));
        Directory.CreateDirectory(_folder.In("active_config"));

        Assert.Null(Load()["core/project"]);
    }

    [Fact]
    public void A_huge_file_is_not_read()
    {
        _folder.Write("configurations/config_default", "[core]\nproject = other\n" + new string('#', 300 * 1024));

        Assert.Null(Load()["core/project"]);
    }

    [Fact]
    public void The_folder_is_CLOUDSDK_CONFIG_or_below_the_home_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The folder on Windows is APPDATA's.");
        Assert.Equal("/c", GcloudConfiguration.Folder(Snapshots.Of(("CLOUDSDK_CONFIG", "/c"), ("HOME", "/home/me"))));
        Assert.Equal("/home/me/.config/gcloud", GcloudConfiguration.Folder(Snapshots.Of(("HOME", "/home/me"))));
        Assert.Null(GcloudConfiguration.Folder(Snapshots.Empty));
    }

    [Fact]
    public void Without_a_folder_nothing_is_set()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows there is always a folder.");
        Assert.Null(GcloudConfiguration.Load(Snapshots.Empty)["core/project"]);
    }

    private string Configure(string name, string project) =>
        _folder.Write(Path.Combine("configurations", "config_" + name), "[core]\nproject = " + project + "\n");

    private GcloudConfiguration Load(params (string Name, string Value)[] variables) =>
        GcloudConfiguration.Load(Snapshots.Of([.. variables, ("CLOUDSDK_CONFIG", _folder.Path)]));
}
