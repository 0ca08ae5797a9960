namespace Serverless.Assets.Emulator.Api;

/// <param name="Name">Resource and verb, for instance <c>Asset.List</c>.</param>
/// <param name="Work">Answers the request; throws an <see cref="ApiException"/> to refuse it.</param>
internal sealed record ApiOperation(string Name, Func<ApiCall, ApiAnswer> Work);
