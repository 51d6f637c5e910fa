using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>One way to prove who a workload is.</summary>
internal abstract partial class Credential
{
    /// <summary>All Google Cloud APIs, as far as IAM allows.</summary>
    public const string CloudPlatformScope = "https://www.googleapis.com/auth/cloud-platform";

    /// <summary>"MetadataServer", "AccessToken", "gcloud", or a credential file's own word for its kind ("service_account" ...).</summary>
    public abstract string Type { get; }

    /// <summary>For people: where it was found.</summary>
    public abstract string Source { get; }

    /// <summary>
    /// Everything that decides what a token of it may do, scopes apart. No secret stands in it as such.
    /// </summary>
    public abstract string Recipe { get; }

    /// <summary>The account where the credential itself tells it.</summary>
    public virtual string? Account => null;

    public virtual string? ProjectId => null;

    public virtual string? QuotaProject => null;

    /// <summary>True where its tokens come from an emulator on this machine and are worth nothing elsewhere.</summary>
    public virtual bool IsLoopback => false;

    /// <summary>The credential whose token obtains this one's; null where it needs none.</summary>
    public virtual Credential? Inner => null;

    /// <summary>The credential at the bottom: the one that needs no other.</summary>
    public Credential Root => Inner?.Root ?? this;

    /// <summary>Scopes that are asked for where nobody chose any.</summary>
    public virtual IReadOnlyList<string> DefaultScopes => [];

    /// <summary>False where the scopes were fixed when the credential was made.</summary>
    public virtual bool CanChooseScopes => true;

    /// <summary>The universe it belongs to, and whether something other than a credential file says so.</summary>
    public abstract Task<Universe> GetUniverseAsync(EngineCall call);

    /// <summary>Drops secrets it has come by since it was made.</summary>
    public virtual void Forget()
    {
    }

    /// <summary>A fresh token from its source.</summary>
    /// <param name="account">Another account attached to the VM; only the metadata server has such.</param>
    /// <param name="scopes">The scopes to ask for.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    public abstract Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call);

    /// <summary>The same identity with tokens of another life; null where their life cannot be chosen.</summary>
    public virtual Credential? WithLifetime(TimeSpan lifetime) => null;
}

/// <summary>A universe domain, and whether its name may be trusted with a token.</summary>
internal readonly struct Universe(string domain, bool isTrusted)
{
    public const string Default = "googleapis.com";

    public string Domain { get; } = domain;

    /// <summary>The metadata server or the user said so, or it is googleapis.com.</summary>
    public bool IsTrusted { get; } = isTrusted || string.Equals(domain, Default, StringComparison.OrdinalIgnoreCase);
}
