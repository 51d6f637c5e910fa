using System;
using System.Collections.Generic;
using System.Text;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Reads a member's value into a model.</summary>
/// <typeparam name="T">The model.</typeparam>
internal delegate void MemberReader<in T>(ref JsonCursor json, T item);

/// <summary>
/// How a resource becomes a model, member by member. What is asked of the server follows from what is read, so that neither can lack
/// what the other has.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="finish">What is done when a whole resource was read; it throws where that is none.</param>
internal sealed class ResourceMap<T>(Action<T>? finish = null)
    where T : new()
{
    private readonly Dictionary<string, MemberReader<T>> _members = new(StringComparer.Ordinal);
    private readonly StringBuilder _fields = new();

    /// <summary>What is asked for: every member that is read.</summary>
    public string Fields => _fields.ToString();

    /// <summary>A member that is read by hand.</summary>
    /// <param name="field">Its name, with what is wanted of it: "scheduling(preemptible)", "error/errors".</param>
    /// <param name="read">Reads it.</param>
    public ResourceMap<T> Add(string field, MemberReader<T> read)
    {
        int end = field.IndexOfAny(['(', '/']);
        _members.Add(end < 0 ? field : field.Substring(0, end), read);
        _fields.Append(_fields.Length == 0 ? string.Empty : ",").Append(field);
        return this;
    }

    /// <summary>A string that differs from resource to resource.</summary>
    public ResourceMap<T> Text(string field, Action<T, string?> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.String()));

    /// <summary>A string that comes again and again.</summary>
    public ResourceMap<T> Word(string field, Action<T, string?> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.SharedString()));

    /// <summary>The name at the end of an address.</summary>
    public ResourceMap<T> Name(string field, Action<T, string?> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.LastSegment()));

    /// <summary>A whole number.</summary>
    public ResourceMap<T> Number(string field, Action<T, long?> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.Int64()));

    /// <summary>True or false.</summary>
    public ResourceMap<T> Flag(string field, Action<T, bool> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.Boolean()));

    /// <summary>A time.</summary>
    public ResourceMap<T> Time(string field, Action<T, DateTime?> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.Time()));

    /// <summary>A server-made id.</summary>
    public ResourceMap<T> Id(string field, Action<T, ulong> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, json.UInt64() ?? 0));

    /// <summary>An array of strings.</summary>
    public ResourceMap<T> Texts(string field, Action<T, IReadOnlyList<string>> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, JsonLists.Strings(ref json)));

    /// <summary>The names at the ends of an array of addresses.</summary>
    public ResourceMap<T> Names(string field, Action<T, IReadOnlyList<string>> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, ReadNames(ref json)));

    /// <summary>An object of strings.</summary>
    public ResourceMap<T> Map(string field, Action<T, IReadOnlyDictionary<string, string>> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, JsonLists.Map(ref json)));

    /// <summary>An array of objects, each mapped.</summary>
    public ResourceMap<T> List<TPart>(string field, JsonMapper<TPart> read, Action<T, IReadOnlyList<TPart>> set) =>
        Add(field, (ref JsonCursor json, T item) => set(item, JsonLists.Of(ref json, read)));

    /// <summary>Members of a member that is an object.</summary>
    public ResourceMap<T> Inside(string field, ResourceMap<T> inner) =>
        Add(field + "(" + inner.Fields + ")", inner.ReadInto);

    /// <summary>A whole resource.</summary>
    public T Read(ref JsonCursor json)
    {
        T item = new();
        ReadInto(ref json, item);
        finish?.Invoke(item);
        return item;
    }

    /// <summary>Reads what is there into a model; anything but an object changes nothing.</summary>
    public void ReadInto(ref JsonCursor json, T item)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            if (_members.TryGetValue(name, out MemberReader<T>? read))
            {
                read(ref json, item);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static string[] ReadNames(ref JsonCursor json)
    {
        if (!json.BeginArray())
        {
            return [];
        }

        List<string> names = [];
        while (json.NextElement())
        {
            if (json.LastSegment() is { } name)
            {
                names.Add(name);
            }
        }

        return names.ToArray();
    }
}
