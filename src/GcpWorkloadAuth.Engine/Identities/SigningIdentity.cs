namespace GcpWorkloadAuth.Engine.Identities;

/// <summary>Who would sign, known before anything is signed.</summary>
/// <param name="Account">The e-mail address that signatures will speak for.</param>
/// <param name="HasKey">True where the private key is here; false where Google signs with a key of its own, which it soon changes.</param>
internal sealed record SigningIdentity(string Account, bool HasKey);
