using GcpEmulator.Storage;

namespace GcpEmulator;

/// <summary>Everything that the emulated cloud knows. Safe for use from several threads.</summary>
public sealed partial class CloudState
{
    private readonly EmulatorOptions _options;

    internal CloudState(EmulatorOptions options)
    {
        _options = options;
        Projects = new ProjectDirectory();
        ServiceAccounts = new ServiceAccountDirectory(options.ProjectId);
        Users = new UserDirectory();
        Tokens = new TokenStore(options.Clock);
        Instances = new InstanceStore(options.ProjectId);
        Buckets = new BucketStore(options.Clock);
        Objects = new ObjectDirectory(Buckets, options);
        Transfers = new TransferDirectory(this);
        Machine = new MachineState(this, options);
        Reset();
    }

    /// <summary>The projects.</summary>
    public ProjectDirectory Projects { get; }

    /// <summary>The first project: the one of the options.</summary>
    public EmulatedProject Project { get; private set; } = null!;

    /// <summary>The service accounts that exist.</summary>
    public ServiceAccountDirectory ServiceAccounts { get; }

    /// <summary>Who may act for which service account.</summary>
    public ImpersonationGrants Impersonations { get; } = new();

    /// <summary>The people who signed in.</summary>
    public UserDirectory Users { get; }

    /// <summary>The access tokens given out.</summary>
    public TokenStore Tokens { get; }

    /// <summary>The virtual machine whose metadata server this is: attached accounts, attributes, universe.</summary>
    public MachineState Machine { get; }

    /// <summary>The buckets.</summary>
    public BucketStore Buckets { get; }

    /// <summary>What is in the buckets.</summary>
    public ObjectDirectory Objects { get; }

    /// <summary>The jobs of the Storage Transfer Service.</summary>
    public TransferDirectory Transfers { get; }

    /// <summary>The virtual machines.</summary>
    public InstanceStore Instances { get; }

    /// <summary>True answers Storage requests without a credential (clients under STORAGE_EMULATOR_HOST send none).</summary>
    public bool AllowAnonymousStorage { get; set; }

    internal Uri? ApiAddress { get; set; }

    /// <summary>Puts everything back to what it was at the start. Tokens, keys and users given out before are forgotten.</summary>
    public void Reset()
    {
        Tokens.Clear();
        Tokens.Lifetime = _options.TokenLifetime;
        Tokens.RenewalWindow = TimeSpan.FromMinutes(5);
        Users.Clear();
        Federation.Clear();
        ServiceAccounts.Clear();
        Impersonations.Clear();
        Projects.Clear();
        Instances.Clear();
        Buckets.Clear();
        Objects.Clear();
        Transfers.Clear();
        AllowAnonymousStorage = _options.AllowAnonymousStorage;
        Project = Projects.Add(_options.ProjectId, _options.ProjectNumber);
        EmulatedInstance machine = InstanceSeed.Machine(_options, Project);
        Machine.Reset(machine);
        foreach (AttachedAccount account in machine.ServiceAccounts)
        {
            ServiceAccounts.GetOrAdd(account.Email);
        }

        Seed(Project, _options.BucketCount, Math.Max(0, _options.InstanceCount - 1));
        if (_options.InstanceCount > 0)
        {
            Instances.Add(machine);
        }
    }

    /// <summary>Adds a project with numbered buckets and instances.</summary>
    public EmulatedProject AddProject(string id, long number, int buckets = 0, int instances = 0)
    {
        EmulatedProject project = Projects.Add(id, number);
        Seed(project, buckets, instances);
        return project;
    }

    /// <summary>Makes a key of a service account (created if need be) and returns the text of the key file.</summary>
    /// <param name="email">The account; null for <c>robot@PROJECT.iam.gserviceaccount.com</c>.</param>
    /// <param name="tokenUri">The file's token_uri; null for https://oauth2.googleapis.com/token.</param>
    /// <param name="ownTokenUri">True writes the emulator's own token endpoint as token_uri.</param>
    /// <param name="universeDomain">The file's universe_domain; null leaves it out.</param>
    public string CreateServiceAccountKey(
        string? email = null, string? tokenUri = null, bool ownTokenUri = false, string? universeDomain = "googleapis.com")
    {
        ServiceAccount account = ServiceAccounts.GetOrAdd(email ?? $"robot@{Project.Id}.iam.gserviceaccount.com");
        string uri = tokenUri
            ?? (ownTokenUri && ApiAddress is not null ? new Uri(ApiAddress, "/token").AbsoluteUri : "https://oauth2.googleapis.com/token");
        return CredentialFiles.ServiceAccountKey(account, uri, universeDomain);
    }

    /// <summary>
    /// Returns the text of an impersonated_service_account file, as gcloud auth application-default login
    /// --impersonate-service-account writes it. Who may do it is another matter: <see cref="Impersonations"/>.
    /// </summary>
    /// <param name="target">The account to work as; it is created if need be.</param>
    /// <param name="source">The text of the credential file that obtains its tokens.</param>
    /// <param name="delegates">The accounts in between.</param>
    public string CreateImpersonation(string target, string source, params IEnumerable<string> delegates)
    {
        ServiceAccounts.GetOrAdd(target);
        return CredentialFiles.Impersonation(target, source, delegates);
    }

    /// <summary>Signs a person in and returns the text of the application default credentials file.</summary>
    public string CreateAuthorizedUser(string email = "person@example.com", string? quotaProject = null) =>
        CredentialFiles.AuthorizedUser(Users.SignIn(email), quotaProject);

    private void Seed(EmulatedProject project, int buckets, int instances)
    {
        Buckets.Add(Enumerable.Range(1, buckets).Select(i => BucketSeed.Create(project, i)));
        Instances.Add(Enumerable.Range(2, instances).Select(i => InstanceSeed.Other(project, _options.Zone, i)));
    }
}
