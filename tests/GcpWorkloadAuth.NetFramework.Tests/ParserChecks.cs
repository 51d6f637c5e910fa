using System.Reflection;
using System.Text;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Json;

namespace GcpWorkloadAuth.NetFramework.Tests;

/// <summary>What only .NET Framework's build has: the JSON cursor over Newtonsoft.Json, and the proxy of the environment.</summary>
internal sealed class ParserChecks(Results results)
{
    public void Run()
    {
        foreach ((string name, string json, string expected) in JsonCases.All)
        {
            results.Check("JSON: " + name, () => Demand.Equal(expected, JsonCases.Read(json)));
        }

        results.Check("JSON: random bytes and cut documents never throw", RandomBytes);
        results.Check("escapes in an address stay, also where the process takes addresses as .NET Framework 4.0 did", LiteralAddresses);
        results.Check("the proxy of the environment and its exceptions", Proxy);
    }

    private static void RandomBytes()
    {
        Random random = new(42);
        byte[] whole = Encoding.UTF8.GetBytes("""{"s":"ä","a":[1,{"b":true}],"o":{"i":"42"},"x":[{"y":null}],"v":{"e":1.5},"t":"2026-01-02T03:04:05Z"}""");
        for (int length = 0; length < whole.Length; length++)
        {
            Demand.Equal(JsonCases.NotJson, JsonCases.Read([.. whole.Take(length)]));
        }

        for (int i = 0; i < 20_000; i++)
        {
            byte[] changed = (byte[])whole.Clone();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)(random.Next(4) == 0 ? random.Next(256) : "{}[]\",:0123456789eE+-.\\untrfl'/*"[random.Next(32)]);
            }

            Demand.True(JsonCases.Read(changed).Length > 0, "nothing");
        }
    }

    // powershell.exe names no target framework; this program does, so the flag that it would have is set here.
    private static void LiteralAddresses()
    {
        const string address = "http://127.0.0.1:1/storage/v1/b/x/o/a%2F..%2Fb%5Cc%2e";
        Demand.True(LiteralUri.Of(address).AbsoluteUri.Contains("a%2F..%2Fb%5Cc"), "not literal");
        object parser = typeof(UriParser).GetField("HttpUri", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        FieldInfo flags = typeof(UriParser).GetField("m_Flags", BindingFlags.Instance | BindingFlags.NonPublic)!;
        object before = flags.GetValue(parser)!;
        try
        {
            flags.SetValue(parser, Enum.ToObject(before.GetType(), (int)before | 0x2000000));
            Demand.True(!new Uri(address).AbsoluteUri.Contains("%2F"), "the flag does nothing here: " + new Uri(address).AbsoluteUri);
            Uri literal = LiteralUri.Of(address);
            Demand.True(literal.AbsoluteUri.Contains("a%2F..%2Fb%5Cc"), literal.AbsoluteUri);
            Demand.True(literal.PathAndQuery.Contains("a%2F..%2Fb%5Cc"), literal.PathAndQuery);
            Demand.True(literal.IsLoopback && literal.Port == 1, "another address");
        }
        finally
        {
            flags.SetValue(parser, before);
        }
    }

    private static void Proxy()
    {
        Environment.SetEnvironmentVariable("HTTPS_PROXY", null);
        Demand.True(EnvironmentProxy.FromEnvironment() is null, "a proxy nobody named");
        Environment.SetEnvironmentVariable("HTTPS_PROXY", "http://me:pass%40word@proxy.example:3128");
        Environment.SetEnvironmentVariable("NO_PROXY", "internal.example, .googleapis.com,10.0.0.1");
        try
        {
            EnvironmentProxy proxy = EnvironmentProxy.FromEnvironment()!;
            Demand.Equal("proxy.example", proxy.GetProxy(new Uri("https://elsewhere.example/")).Host);
            Demand.Equal("pass@word", proxy.Credentials!.GetCredential(new Uri("http://proxy.example:3128"), "Basic").Password);
            Demand.True(!proxy.IsBypassed(new Uri("https://elsewhere.example/")), "bypassed");
            Demand.True(!proxy.IsBypassed(new Uri("https://evilinternal.example/")), "bypassed for a look-alike");
            foreach (string bypassed in new[] { "https://internal.example/", "https://a.internal.example/", "https://storage.googleapis.com/", "https://10.0.0.1/", "http://127.0.0.1/", "http://localhost/" })
            {
                Demand.True(proxy.IsBypassed(new Uri(bypassed)), bypassed + " is not bypassed");
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("HTTPS_PROXY", null);
            Environment.SetEnvironmentVariable("NO_PROXY", null);
        }
    }
}
