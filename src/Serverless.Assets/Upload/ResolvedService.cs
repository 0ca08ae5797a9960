using Serverless.Assets.Client;

namespace Serverless.Assets.Upload;

/// <summary>A Service that was found or created.</summary>
/// <param name="IsNew">This run created it a moment ago, so it has no Assets yet: the list need not be asked for. (What another build creates meanwhile is found at the end.)</param>
internal sealed record ResolvedService(ServiceResource Service, bool IsNew);
