using System;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>What cmdlets have in common that give and take roles.</summary>
internal static class IamArguments
{
    /// <summary>The one condition that the parameters mean; null for none.</summary>
    /// <exception cref="GcpException">Half a condition, or two.</exception>
    public static GcpIamCondition? Condition(GcpIamCondition? condition, string? title, string? expression, string? description)
    {
        if (expression is null && title is null && description is null)
        {
            return condition;
        }

        if (condition is not null)
        {
            throw Errors.ParametersExclude("-Condition", "-ConditionExpression");
        }

        return expression is null || title is null
            ? throw Errors.IamConditionIncomplete()
            : new GcpIamCondition { Title = title, Expression = expression, Description = description };
    }

    /// <summary>What is done, for people. Who lets everybody in is told so.</summary>
    public static string Describe(string action, string role, string[] members, GcpIamCondition? condition) => string.Format(
        System.Globalization.CultureInfo.CurrentCulture,
        action,
        condition is null ? role : role + " (" + condition.Title + ")",
        string.Join(", ", Array.ConvertAll(members, Describe)));

    private static string Describe(string member) =>
        member switch
        {
            "allUsers" => member + " " + Strings.ActionEverybody,
            "allAuthenticatedUsers" => member + " " + Strings.ActionEverybodySignedIn,
            _ => member,
        };
}
