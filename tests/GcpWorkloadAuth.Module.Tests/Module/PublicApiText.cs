using System.Globalization;
using System.Reflection;
using System.Text;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What code outside an assembly can see of it, as text: a line a type, a line a member.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static List<string> Lines(Assembly assembly)
    {
        List<string> lines = [];
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            lines.Add(Describe(type));
            lines.AddRange(VisibleMembers(type).Select(m => "    " + Describe(m)).Order(StringComparer.Ordinal));
        }

        return lines;
    }

    /// <summary>Every type that the visible surface mentions, the arguments of generic types included.</summary>
    public static IEnumerable<Type> MentionedTypes(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes())
        {
            IEnumerable<Type> mentioned = VisibleMembers(type).SelectMany(TypesOf).Concat(type.GetInterfaces());
            foreach (Type inner in mentioned.Append(type.BaseType ?? typeof(object)).SelectMany(Parts))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<MemberInfo> VisibleMembers(Type type) => type.GetMembers(Declared).Where(m => m switch
    {
        MethodInfo { IsSpecialName: true } => false,
        MethodBase method => IsVisible(method),
        FieldInfo field => field.IsPublic && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo happening => IsVisible(happening.AddMethod!),
        _ => false,
    });

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        MethodBase method => method.GetParameters().Select(p => p.ParameterType),
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        EventInfo happening => [happening.EventHandlerType!],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];

    private static string Describe(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        List<string> bases = [];
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(Enum) && parent != typeof(ValueType))
        {
            bases.Add(Name(parent));
        }

        HashSet<Type> inherited = [.. type.BaseType?.GetInterfaces() ?? []];
        bases.AddRange(type.GetInterfaces().Where(i => !inherited.Contains(i) && !type.IsEnum).Select(Name).Order(StringComparer.Ordinal));
        return kind + " " + type.FullName + (bases.Count > 0 ? " : " + string.Join(", ", bases) : string.Empty);
    }

    private static string Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field =>
            field.Name + " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture),
        FieldInfo field => (field.IsStatic ? "static " : string.Empty) + Name(field.FieldType) + " " + field.Name,
        PropertyInfo property => Modifier(property.GetAccessors(nonPublic: true).First(IsVisible))
            + Name(property.PropertyType) + " " + property.Name + Accessors(property),
        ConstructorInfo constructor => Modifier(constructor) + ".ctor" + Parameters(constructor),
        MethodInfo method => Modifier(method) + Name(method.ReturnType) + " " + method.Name + Parameters(method),
        _ => member.ToString()!,
    };

    private static string Modifier(MethodBase method) =>
        (method.IsPublic ? string.Empty : "protected ") + (method.IsStatic ? "static " : string.Empty)
        + (method is MethodInfo { IsVirtual: true, IsFinal: false } info
            ? info.IsAbstract ? "abstract " : info.GetBaseDefinition() != info ? "override " : "virtual "
            : string.Empty);

    private static string Accessors(PropertyInfo property)
    {
        StringBuilder text = new(" {");
        text.Append(property.GetMethod is { } get && IsVisible(get) ? " get;" : string.Empty);
        text.Append(property.SetMethod is { } set && IsVisible(set) ? " set;" : string.Empty);
        return text.Append(" }").ToString();
    }

    private static string Parameters(MethodBase method) =>
        "(" + string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType) + " " + p.Name)) + ")";

    private static string Name(Type type)
    {
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        return type.IsGenericType
            ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "<" + string.Join(", ", type.GetGenericArguments().Select(Name)) + ">"
            : type.Name;
    }
}
