using System;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// A time span of whole seconds: a TimeSpan, "90s", "12h", "30d", "1y" (365.25 days, as Cloud Storage has it), or 0. A bare number is
/// refused: PowerShell would take it as so many ten-millionths of a second.
/// </summary>
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    private const double Year = 31_557_600;

    // The largest that the service takes, 100 years, and more, so that it says itself what is too long.
    private const double MostSeconds = 10_000_000_000;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null:
                return null;
            case TimeSpan span when span >= TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerSecond == 0:
                return span;
            case 0 or 0L or 0m or 0.0:
                return TimeSpan.Zero;

            // What PowerShell makes of 30d, 90s and 1y without quotes: numbers with a suffix, which it wraps, unlike those of variables.
            case decimal days when inputData is PSObject && days > 0 && days < 100_000:
                return TimeSpan.FromDays((double)days);
            case short seconds when inputData is PSObject && seconds > 0:
                return TimeSpan.FromSeconds(seconds);
            case sbyte years when inputData is PSObject && years > 0:
                return TimeSpan.FromSeconds(years * Year);
            case string text when Read(text.Trim()) is { } span:
                return span;
            default:
                GcpException failure = Errors.DurationInvalid(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
                throw new ArgumentTransformationMetadataException(failure.Message + " " + failure.Advice, failure);
        }
    }

    private static TimeSpan? Read(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (text.IndexOf(':') > 0 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            return span >= TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerSecond == 0 ? span : null;
        }

        double unit = text.Length < 2 ? 0 : char.ToLowerInvariant(text[text.Length - 1]) switch
        {
            's' => 1,
            'h' => 3600,
            'd' => 86400,
            'y' => Year,
            _ => 0,
        };
        return unit > 0 && long.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count * unit <= MostSeconds
                ? TimeSpan.FromSeconds(count * unit)
                : null;
    }
}
