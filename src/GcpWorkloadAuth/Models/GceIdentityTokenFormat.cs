namespace GcpWorkloadAuth;

/// <summary>What a VM's identity token says.</summary>
public enum GceIdentityTokenFormat
{
    /// <summary>Who the account is.</summary>
    Standard,

    /// <summary>Who the account is, with its e-mail address, and which VM it is on.</summary>
    Full,
}
