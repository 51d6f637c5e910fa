using System;
using System.Collections.Generic;
using System.IO;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Gcloud;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// Finds a session's credential. Order of the default search as in AIP-4110: GOOGLE_APPLICATION_CREDENTIALS (set but unusable is an
/// error, never a fall-through), gcloud's own Application Default Credentials, the metadata server. Where gcloud's own settings come
/// in, the other part of the class says.
/// </summary>
internal sealed partial class CredentialSearch
{
    private const string GcloudFile = "gcloud's Application Default Credentials";
    private const string MetadataPlace = "metadata server";

    private readonly EngineSession _owner;
    private readonly SessionRecord _session;
    private readonly EnvironmentSnapshot _environment;
    private readonly MetadataFacts _facts;
    private readonly Endpoints _endpoints;

    public CredentialSearch(EngineSession owner, EnvironmentSnapshot environment, MetadataFacts facts, Endpoints endpoints)
    {
        _owner = owner;
        _session = owner.Record;
        _environment = environment;
        _facts = facts;
        _endpoints = endpoints;
    }

    /// <summary>The file the result depends on, existing or not; null where it depends on none.</summary>
    public string? WatchedFile { get; private set; }

    public Credential Find() => Refine(FindOwn());

    private Credential FindOwn()
    {
        switch (_session.Kind)
        {
            case CredentialKind.MetadataServer:
                return new MetadataCredential(_facts, _session.ServiceAccount, static failure => failure);
            case CredentialKind.File:
                return FromFile(_session.CredentialPath!, "-CredentialPath");
            case CredentialKind.Json:
                return FromFile(CredentialFile.FromText(Secrets.Reveal(_session.CredentialJson!), "given as -CredentialJson"));
            case CredentialKind.AccessToken:
                return new AccessTokenCredential(_session.AccessToken!, _session.UniverseDomain);
            case CredentialKind.Gcloud:
                return new GcloudCredential(_environment, Gcloud(), _session.UniverseDomain);
            default:
                return Search();
        }
    }

    /// <summary>
    /// The places of the default search in their order, each looked at when it is its turn. The first that holds something is taken.
    /// </summary>
    public IEnumerable<SearchPlace> Places()
    {
        yield return TokenFilePlace(TokenFileVariable, _environment[TokenFileVariable]);
        const string variable = "GOOGLE_APPLICATION_CREDENTIALS";
        yield return new SearchPlace(SearchPlaceKind.CredentialFile, variable, _environment[variable], variable + " (not set)");
        yield return TokenFilePlace("gcloud's auth/access_token_file", Gcloud()?["auth/access_token_file"]);
        if (GcloudConfiguration.Folder(_environment) is { } folder)
        {
            string path = Path.Combine(folder, "application_default_credentials.json");
            yield return new SearchPlace(
                SearchPlaceKind.CredentialFile, GcloudFile, File.Exists(path) ? path : null, path + " (not there)")
            {
                Watched = path,
            };
        }

        bool isForbidden = string.Equals(_environment["NO_GCE_CHECK"], "true", StringComparison.OrdinalIgnoreCase);
        yield return new SearchPlace(
            SearchPlaceKind.MetadataServer,
            MetadataPlace,
            isForbidden ? null : _facts.Reader.Client.Address.Host,
            MetadataPlace + " (NO_GCE_CHECK is true)");
    }

    private static SearchPlace TokenFilePlace(string name, string? value) =>
        new(SearchPlaceKind.TokenFile, name, value, name + " (not set)") { IsTold = false };

    private Credential Search()
    {
        List<string> looked = [];
        foreach (SearchPlace place in Places())
        {
            WatchedFile = place.Watched ?? WatchedFile;
            if (place.Value is not null)
            {
                return FromPlace(place, looked);
            }

            if (place.IsTold)
            {
                looked.Add(place.Missing);
            }
        }

        throw Errors.NoCredentials(string.Join("; ", looked));
    }

    private Credential FromPlace(SearchPlace place, List<string> looked)
    {
        switch (place.Kind)
        {
            case SearchPlaceKind.TokenFile:
                return FromTokenFile(place.Value!, place.Name);
            case SearchPlaceKind.CredentialFile:
                return FromFile(place.Value!, place.Name);
            default:
                looked.Add(MetadataPlace);
                return new MetadataCredential(_facts, null, failure => Explain(failure, looked));
        }
    }

    private Credential FromFile(string path, string namedBy)
    {
        WatchedFile = path;
        return FromFile(CredentialFile.Load(path, namedBy));
    }

    private Credential FromPlainFile(CredentialFile file) => file.Type switch
    {
        CredentialFile.ExternalAccountType => ExternalAccountCredential.Make(file, _session, _environment, _endpoints, _facts.Reader.Client.Address),
        CredentialFile.ExternalUserType => new ExternalUserCredential(file, _endpoints, _session.UniverseDomain),
        _ => new FileCredential(file, _endpoints.TokenEndpoint, _session.UniverseDomain, _session.Subject),
    };

    // Nobody asked for the metadata server by name: that it is not there is only the last of the places looked at.
    private static GcpException Explain(GcpException failure, List<string> looked)
    {
        if (failure.ErrorId != nameof(Resources.Strings.MetadataServerUnreachable))
        {
            return failure;
        }

        string places = string.Join("; ", looked) + " (" + failure.Message.TrimEnd('.') + ")";
        return Errors.NoCredentials(places);
    }
}
