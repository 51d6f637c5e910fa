using System.Reflection;

namespace GcpWorkloadAuth.Contracts;

/// <summary>Brings the engine into the process, isolated from what other modules have loaded.</summary>
internal interface IEngineLoader
{
    /// <summary>Loads the engine's assembly and returns it.</summary>
    Assembly LoadEngine();
}
