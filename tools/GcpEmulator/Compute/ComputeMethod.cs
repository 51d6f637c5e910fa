namespace GcpEmulator.Compute;

/// <summary>Which method of the discovery document a request calls.</summary>
/// <param name="Scope">zones/ZONE, regions/REGION, global, aggregated, or nothing for the project itself.</param>
/// <param name="Collection">instances, zoneOperations ... as in permissions; projects for the project itself.</param>
/// <param name="Name">The resource's name; null for the collection.</param>
/// <param name="Verb">list, get, insert, delete, or the method's own name.</param>
/// <param name="IsRead">True for what changes nothing.</param>
internal sealed record ComputeMethod(string Scope, string Collection, string? Name, string Verb, bool IsRead)
{
    private static readonly string[] PostsThatRead =
        ["wait", "testIamPermissions", "listManagedInstances", "listInstances"];

    /// <summary>InstancesService.Stop and so on, as ErrorInfo names methods.</summary>
    public string RpcName => $"{Upper(Prefix + Collection)}Service.{Upper(Verb)}";

    private string Prefix => Collection is "instanceGroupManagers" or "instanceGroups" && Scope.StartsWith("regions/", StringComparison.Ordinal)
        ? "region"
        : string.Empty;

    public static ComputeMethod Of(string http, string[] path)
    {
        bool get = http == "GET";
        return path[2..] switch
        {
            [] => new(string.Empty, "projects", null, get ? "get" : "insert", get),
            ["aggregated", string what] => new("aggregated", what, null, "aggregatedList", true),
            ["zones" or "regions"] => new(string.Empty, path[2], null, "list", get),
            ["zones" or "regions", string place] => new($"{path[2]}/{place}", path[2], place, "get", get),
            ["zones" or "regions", string place, .. string[] rest] => In($"{path[2]}/{place}", http, rest),
            ["global", "images", "family", string family] => new("global", "images", family, "getFromFamily", true),
            ["global", .. string[] rest] when rest.Length > 0 => In("global", http, rest),
            [string verb] => new(string.Empty, "projects", null, verb, get),
            _ => new(string.Empty, "unknown", null, "unknown", get),
        };
    }

    private static ComputeMethod In(string scope, string http, string[] rest)
    {
        bool get = http == "GET";
        string collection = rest[0] == "operations" ? scope.Split('/')[0].TrimEnd('s') + "Operations" : rest[0];
        return rest switch
        {
            _ when http is not ("GET" or "POST" or "DELETE") || (http == "DELETE" && rest.Length != 2) => new(scope, collection, null, "unknown", false),
            [_] => new(scope, collection, null, get ? "list" : "insert", get),
            [_, "bulkInsert"] when !get => new(scope, collection, null, "bulkInsert", false),
            [_, string name] => new(scope, collection, name, get ? "get" : http == "DELETE" ? "delete" : "unknown", get),
            [_, string name, string verb] => new(scope, collection, name, verb, get || PostsThatRead.Contains(verb)),
            _ => new(scope, collection, null, "unknown", get),
        };
    }

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
