using System.Collections;
using System.Globalization;
using System.Text;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Json;

/// <summary>
/// Documents and what must be read from them, for both implementations of the cursor. A property's first letter says how it is
/// read: s String, h SharedString, l LastSegment, i Int64, u UInt64, b Boolean, t Time, v Value, o BeginObject, a BeginArray of
/// Values, x Skip. Another property behind an odd one shows that the place was not lost.
/// </summary>
internal static class JsonCases
{
    public const string NotJson = "(not JSON)";

    /// <summary>Name, document, what is read.</summary>
    public static readonly (string Name, string Json, string Expected)[] All =
    [
        ("strings", """{"s":"a","h":"b","s2":"","s3":"\u00e4\n\"\\\/","s4":"ä€😀","h2":"\u0061"}""",
            "s='a' h='b' s2='' s3='ä\n\"\\/' s4='ä€😀' h2='a'"),
        ("last segments", """{"l":"https://h/p/zones/z","l2":"z","l3":"a/","l4":"","l5":"https:\/\/h\/p","l6":null,"l7":5,"l8":{"a":1},"s":"on"}""",
            "l='z' l2='z' l3='' l4='' l5='p' l6=null l7='5' l8=null s='on'"),
        ("integers as numbers and as strings", """{"i":42,"i2":"42","i3":-1,"i4":"-1","u":42,"u2":"42","i5":0,"s":7}""",
            "i=42 i2=42 i3=-1 i4=-1 u=42 u2=42 i5=0 s='7'"),
        ("the ends of 64 bits", """
            {"i":9223372036854775807,"i2":"-9223372036854775808","i3":9223372036854775808,"u":18446744073709551615,
             "u2":"18446744073709551615","u3":18446744073709551616,"u4":-1,"s":18446744073709551615,"s2":"on"}
            """,
            "i=9223372036854775807 i2=-9223372036854775808 i3=null u=18446744073709551615 u2=18446744073709551615 u3=null u4=null "
            + "s='18446744073709551615' s2='on'"),
        ("what is no integer", """{"i":4.2,"i2":"4.2","i3":"","i4":"x","i5":true,"i6":null,"i7":[1,[2]],"i8":{"a":{"b":1}},"u":"0x1","u2":{},"s":"on"}""",
            "i=null i2=null i3=null i4=null i5=null i6=null i7=null i8=null u=null u2=null s='on'"),
        ("booleans", """{"b":true,"b2":false,"b3":"true","b4":1,"b5":null,"b6":[true],"b7":{"b":true},"s":"on"}""",
            "b=True b2=False b3=False b4=False b5=False b6=False b7=False s='on'"),
        ("times", """
            {"t":"2026-01-02T03:04:05Z","t2":"2026-01-02T03:04:05.678-07:00","t3":"2026-01-02T03:04:05.678901234Z","t4":"soon","t5":"",
             "t6":20260102,"t7":null,"t8":[],"t9":{"t":"2026-01-02T03:04:05Z"},"s":"on"}
            """,
            "t=2026-01-02T03:04:05.000Z t2=2026-01-02T10:04:05.678Z t3=2026-01-02T03:04:05.678Z t4=null t5=null t6=null t7=null t8=null "
            + "t9=null s='on'"),
        ("strings of other kinds", """{"s":null,"s2":true,"s3":[1,{"a":[]}],"s4":{"s":"x"},"h":null,"h2":[[]],"h3":{},"h4":5,"s5":"on"}""",
            "s=null s2=null s3=null s4=null h=null h2=null h3=null h4='5' s5='on'"),
        ("objects and arrays of other kinds", """{"o":[1,2],"o2":null,"o3":"x","a":{"a":[1]},"a2":5,"a3":null,"o4":{"s":"in"},"a4":["x",[1]],"s":"on"}""",
            "o=no o2=no o3=no a=no a2=no a3=no o4=(s='in') a4=['x',[1]] s='on'"),
        ("skipped values", """{"x":{"a":[1,{"b":2}],"c":"}"},"x2":[[[]]],"x3":"]","x4":1,"x5":null,"s":"on"}""",
            "x x2 x3 x4 x5 s='on'"),
        ("empty containers", """{"o":{},"a":[],"v":{},"v2":[],"s":"on"}""", "o=() a=[] v={} v2=[] s='on'"),
        ("values", """{"v":{"a":1,"b":[true,null,"x",{"c":-5}],"d":18446744073709551615,"e":2.5,"f":1e3},"s":"on"}""",
            "v={a:1,b:[True,null,'x',{c:-5}],d:18446744073709551615,e:2.5d,f:1000d} s='on'"),
        ("a large number is a double", """{"v":36893488147419103232,"v2":-36893488147419103232,"s":"on"}""",
            "v=3.6893488147419103E+19d v2=-3.6893488147419103E+19d s='on'"),
        ("escapes in names", """{"\u0073":"a","o\u0032":{"\u0069":5},"v":{"a\tb\u00e4":1},"":"empty"}""", "s='a' o2=(i=5) v={a\tbä:1} ?"),
        ("the same name twice", """{"s":"a","s":"b","v":{"a":1,"a":2}}""", "s='a' s='b' v={a:2}"),
        ("names that differ in case", """{"s":"a","S":"b","v":{"a":1,"A":2}}""", "s='a' ? v={a:1,A:2}"),
        ("white space", " \t\r\n{ \"s\" : \"a\" ,\n\"a\" : [ 1 , 2 ] } \r\n", "s='a' a=[1,2]"),
        ("an array", "[1,2]", "no"),
        ("a string", "\"x\"", "no"),
        ("null", "null", "no"),
        ("nothing", "", NotJson),
        ("only white space", "  \n", NotJson),
        ("a page", "<html></html>", NotJson),
        ("two documents", "{} {}", NotJson),
        ("text behind the document", "{} x", NotJson),
        ("a truncated object", """{"s":"a",""", NotJson),
        ("a truncated string", """{"s":"a""", NotJson),
        ("a truncated array", """{"a":[1,2""", NotJson),
        ("a truncated nested object", """{"o":{"s":"a"}""", NotJson),
        ("a truncated skipped value", """{"x":{"a":[1""", NotJson),
        ("a truncated word", """{"b":tru""", NotJson),
        ("a name without a value", """{"s"}""", NotJson),
        ("a wrong bracket", """{"a":[1}""", NotJson),
        ("a missing comma", """{"s":"a" "s2":"b"}""", NotJson),
        ("comments", """{/* no */"s":"a"}""", NotJson),
        ("deep nesting", "{\"v\":" + new string('[', 5000) + new string(']', 5000) + "}", NotJson),
        ("deep nesting that is skipped", "{\"x\":" + new string('[', 5000) + new string(']', 5000) + "}", NotJson),
        ("deep truncated nesting", "{\"v\":" + new string('[', 100_000), NotJson),
    ];

    /// <summary>What the cursor reads, in the form of <see cref="All"/>.</summary>
    public static string Read(byte[] utf8) =>
        JsonText.TryRead(new ArraySegment<byte>(utf8), static (ref JsonCursor json) => ReadObject(ref json), out string text) ? text : NotJson;

    public static string Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static string ReadObject(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return "no";
        }

        List<string> read = [];
        while (json.NextProperty(out string name))
        {
            read.Add(ReadProperty(ref json, name));
        }

        return string.Join(" ", read);
    }

    private static string ReadProperty(ref JsonCursor json, string name)
    {
        switch (name.Length == 0 ? '?' : name[0])
        {
            case 's':
                return name + "=" + Show(json.String());
            case 'h':
                return name + "=" + Show(json.SharedString());
            case 'l':
                return name + "=" + Show(json.LastSegment());
            case 'i':
                return name + "=" + Show(json.Int64());
            case 'u':
                return name + "=" + Show(json.UInt64());
            case 'b':
                return name + "=" + Show(json.Boolean());
            case 't':
                return name + "=" + Show(json.Time());
            case 'v':
                return name + "=" + Show(json.Value());
            case 'o':
                string inner = ReadObject(ref json);
                return name + "=" + (inner == "no" ? inner : "(" + inner + ")");
            case 'a':
                return name + "=" + ReadArray(ref json);
            case 'x':
                json.Skip();
                return name;
            default:
                json.Skip();
                return "?";
        }
    }

    private static string ReadArray(ref JsonCursor json)
    {
        if (!json.BeginArray())
        {
            return "no";
        }

        List<string> read = [];
        while (json.NextElement())
        {
            read.Add(Show(json.Value()));
        }

        return "[" + string.Join(",", read) + "]";
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => "'" + text + "'",
        DateTime { Kind: DateTimeKind.Local } time => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        Dictionary<string, object?> map => "{" + string.Join(",", map.Select(e => e.Key + ":" + Show(e.Value))) + "}",
        IList list => "[" + string.Join(",", list.Cast<object?>().Select(Show)) + "]",
        long or ulong or bool => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => "(a " + value.GetType().Name + ")",
    };
}
