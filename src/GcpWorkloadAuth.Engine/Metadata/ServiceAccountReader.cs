using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>Reads the metadata server's service-account entries.</summary>
internal static class ServiceAccountReader
{
    /// <summary>{"default":{...},"name@...":{...}}: the default account stands there twice, and comes once.</summary>
    public static List<GceServiceAccount> ReadAll(ref JsonCursor json)
    {
        List<GceServiceAccount> accounts = [];
        if (!json.BeginObject())
        {
            return accounts;
        }

        while (json.NextEntry(out _))
        {
            GceServiceAccount account = Read(ref json);
            if (account.Email.Length > 0 && !accounts.Exists(a => a.Email == account.Email))
            {
                accounts.Add(account);
            }
        }

        return accounts;
    }

    public static GceServiceAccount Read(ref JsonCursor json)
    {
        GceServiceAccount account = new();
        if (!json.BeginObject())
        {
            return account;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "email":
                    account.Email = json.String() ?? string.Empty;
                    break;
                case "aliases":
                    account.Aliases = JsonLists.Strings(ref json);
                    break;
                case "scopes":
                    account.Scopes = JsonLists.Strings(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return account;
    }
}
