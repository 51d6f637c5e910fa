using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Takes rules for calls from web pages: those of a bucket, live or deserialized, and hashtables or objects with the same names, as the
/// API and gcloud's files have them.
/// </summary>
internal sealed class CorsRuleAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            List<GcsCorsRule> rules = new();
            foreach (object? item in LooseMap.Items(inputData))
            {
                rules.Add((item is PSObject wrapped ? wrapped.BaseObject : item) as GcsCorsRule ?? Read(item));
            }

            return rules.ToArray();
        }
        catch (GcpException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message + " " + failure.Advice, failure);
        }
    }

    private static GcsCorsRule Read(object? item)
    {
        LooseMap map = LooseMap.Of(item, Refuse) ?? throw Errors.CorsRuleInvalid("it is a " + item?.GetType().Name);
        GcsCorsRule rule = new()
        {
            Origin = map.Texts("Origin"),
            Method = map.Texts("Method"),
            ResponseHeader = map.Texts("ResponseHeader"),
            MaxAgeSeconds = map.Number("MaxAgeSeconds"),
        };
        foreach (string name in map.Unused)
        {
            throw Errors.CorsRuleInvalid("'" + name + "' is none of Origin, Method, ResponseHeader, MaxAgeSeconds");
        }

        return rule.Origin.Count > 0 && rule.Method.Count > 0 ? rule : throw Errors.CorsRuleInvalid("it needs Origin and Method");
    }

    private static GcpException Refuse(string name) => Errors.CorsRuleInvalid("the value of " + name + " is not of its kind");
}
