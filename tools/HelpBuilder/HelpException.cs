using System;

namespace HelpBuilder;

/// <summary>Help cannot be made; the message says why.</summary>
public sealed class HelpException : Exception
{
    /// <summary>Makes the exception.</summary>
    public HelpException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public HelpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
