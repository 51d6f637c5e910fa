using GcpWorkloadAuth.NetFramework.Tests;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: GcpWorkloadAuth.NetFramework.Tests METADATA_HOST:PORT API_ADDRESS");
    return 2;
}

using Cloud cloud = new(args[0], new Uri(args[1]));
Results results = new();
await new EngineChecks(cloud, results).RunAsync();
await new IdentityChecks(cloud, results).RunAsync();
await new FailureChecks(cloud, results).RunAsync();
new ParserChecks(results).Run();
Console.WriteLine(results.Passed + " passed, " + results.Failed + " failed");
return results.Failed == 0 && results.Passed > 0 ? 0 : 1;
