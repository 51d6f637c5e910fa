using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using GcpEmulator.Control;

namespace GcpEmulator;

/// <summary>The emulator as a program: prints the environment variables, then runs until Ctrl+C.</summary>
internal static class CommandLine
{
    private const string Usage = """
        GcpEmulator [--metadata-port N] [--api-port N] [--project ID] [--project-number N] [--zone ZONE] [--instance NAME]
                    [--buckets N] [--instances N] [--service-account EMAIL | --no-service-account] [--scopes A,B] [--token-lifetime SECONDS]
                    [--anonymous-storage] [--compress] [--content-folder PATH] [--no-md5] [--no-log]
                    [--address LOOPBACK] [--print-env sh|pwsh|json]

        Starts an emulated Google Cloud on loopback and runs until Ctrl+C. The environment variables that point clients at it go to
        standard output, everything else to standard error.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        EmulatorOptions options;
        string format;
        try
        {
            (options, format) = Parse(args);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            await Console.Error.WriteLineAsync(e.Message + "\n\n" + Usage);
            return 2;
        }

        if (format == "help")
        {
            Console.WriteLine(Usage);
            return 0;
        }

        using CancellationTokenSource stop = new();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using EmulatedCloud cloud = await EmulatedCloud.StartAsync(options, stop.Token);
            Console.Write(Format(cloud.Environment, format));
            await Console.Out.FlushAsync();
            Uri control = new(cloud.ApiAddress, "/_emulator/");
            await Console.Error.WriteLineAsync(
                $"Metadata server {cloud.MetadataAddress}, APIs {cloud.ApiAddress}, control {control}; Ctrl+C ends it.");
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        return 0;
    }

    private static string Format(IReadOnlyDictionary<string, string> variables, string format) => format switch
    {
        "pwsh" => string.Concat(variables.Select(v => $"$env:{v.Key} = '{v.Value}'\n"))
            + "# " + StorageNote("$env:STORAGE_EMULATOR_HOST = ", variables),
        "json" => ControlJson.Environment(variables).ToJsonString() + "\n",
        _ => string.Concat(variables.Select(v => $"export {v.Key}='{v.Value}'\n")) + "# " + StorageNote("export STORAGE_EMULATOR_HOST=", variables),
    };

    // Node's @google-cloud/storage and Python's google-cloud-storage read no CLOUDSDK_ variable, and send no token under this one.
    private static string StorageNote(string set, IReadOnlyDictionary<string, string> variables)
    {
        string host = new Uri(variables["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"]).GetLeftPart(UriPartial.Authority);
        return $"Only for the Storage clients of Node and Python, which then send no token (start with --anonymous-storage): {set}'{host}'\n";
    }

    private static (EmulatorOptions Options, string Format) Parse(string[] args)
    {
        Dictionary<string, string> values = [];
        string[] switches = ["--no-service-account", "--anonymous-storage", "--compress", "--no-md5", "--no-log", "--help", "-h"];
        string[] named =
        [
            "--metadata-port", "--api-port", "--project", "--project-number", "--zone", "--instance", "--buckets", "--instances", "--service-account",
            "--scopes", "--token-lifetime", "--address", "--print-env", "--content-folder",
        ];
        for (int i = 0; i < args.Length; i++)
        {
            if (switches.Contains(args[i]))
            {
                values[args[i]] = "true";
            }
            else if (named.Contains(args[i]) && i + 1 < args.Length)
            {
                values[args[i]] = args[++i];
            }
            else
            {
                throw new FormatException($"Unknown or incomplete option {args[i]}.");
            }
        }

        string Value(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);
        int Number(string name, int otherwise) =>
            values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        EmulatorOptions defaults = new();
        string format = values.ContainsKey("--help") || values.ContainsKey("-h") ? "help" : Value("--print-env", "sh");
        if (format is not ("sh" or "pwsh" or "json" or "help"))
        {
            throw new FormatException("--print-env takes sh, pwsh or json.");
        }

        EmulatorOptions options = new()
        {
            Address = IPAddress.Parse(Value("--address", "127.0.0.1")),
            MetadataPort = Number("--metadata-port", 0),
            ApiPort = Number("--api-port", 0),
            ProjectId = Value("--project", defaults.ProjectId),
            ProjectNumber = values.TryGetValue("--project-number", out string? number)
                ? long.Parse(number, CultureInfo.InvariantCulture)
                : defaults.ProjectNumber,
            Zone = Value("--zone", defaults.Zone),
            InstanceName = Value("--instance", defaults.InstanceName),
            BucketCount = Number("--buckets", defaults.BucketCount),
            InstanceCount = Number("--instances", defaults.InstanceCount),
            ServiceAccount = values.GetValueOrDefault("--service-account"),
            AttachServiceAccount = !values.ContainsKey("--no-service-account"),
            ServiceAccountScopes = values.TryGetValue("--scopes", out string? scopes) ? scopes.Split(',') : defaults.ServiceAccountScopes,
            TokenLifetime = TimeSpan.FromSeconds(Number("--token-lifetime", (int)defaults.TokenLifetime.TotalSeconds)),
            AllowAnonymousStorage = values.ContainsKey("--anonymous-storage"),
            Compress = values.ContainsKey("--compress"),
            ContentFolder = values.GetValueOrDefault("--content-folder"),
            ComputeMd5 = !values.ContainsKey("--no-md5"),
            RequestLogCapacity = values.ContainsKey("--no-log") ? 0 : defaults.RequestLogCapacity,
        };
        return (options, format);
    }
}
