namespace GcpWorkloadAuth.Hosting;

/// <summary>Where the help pages are on the web.</summary>
internal static class HelpLinks
{
    public const string Base = "https://github.com/gcpworkloadauth/GcpWorkloadAuth/blob/main/docs/en-US/";
}
