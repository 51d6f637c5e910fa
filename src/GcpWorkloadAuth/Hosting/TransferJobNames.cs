using System;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Names of transfer jobs: "transferJobs/" and letters, digits and -._~, ending in a letter or a digit, 128 characters at most
/// (source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs#TransferJob).
/// </summary>
internal static class TransferJobNames
{
    private const string Collection = "transferJobs/";
    private const int Longest = 128;

    /// <summary>The whole name of a job that is named with or without "transferJobs/".</summary>
    /// <exception cref="GcpException">No job can have that name.</exception>
    public static string Whole(string name)
    {
        string id = name.StartsWith(Collection, StringComparison.Ordinal) ? name.Substring(Collection.Length) : name;
        bool isValid = id.Length > 0 && Collection.Length + id.Length <= Longest && IsLetterOrDigit(id[id.Length - 1]);
        foreach (char c in id)
        {
            isValid &= IsLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
        }

        return isValid ? Collection + id : throw Errors.TransferJobNameInvalid(name);
    }

    private static bool IsLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
