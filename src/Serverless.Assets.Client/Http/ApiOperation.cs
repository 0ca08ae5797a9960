namespace Serverless.Assets.Client;

/// <summary>The names of the operations in traces, reports and statistics: resource and action.</summary>
internal static class ApiOperation
{
    public const string ListServices = "Service.List";
    public const string DeleteService = "Service.Delete";
    public const string FetchService = "Service.Fetch";
    public const string CreateService = "Service.Create";
    public const string ListAssets = "Asset.List";
    public const string CreateAsset = "Asset.Create";
    public const string FetchAsset = "Asset.Fetch";
    public const string UpdateAsset = "Asset.Update";
    public const string DeleteAsset = "Asset.Delete";
    public const string CreateAssetVersion = "AssetVersion.Create";
    public const string ListAssetVersions = "AssetVersion.List";
    public const string FetchAssetVersion = "AssetVersion.Fetch";
    public const string ListBuilds = "Build.List";
    public const string CreateBuild = "Build.Create";
    public const string FetchBuild = "Build.Fetch";
    public const string FetchBuildStatus = "Build.FetchStatus";
    public const string DeleteBuild = "Build.Delete";
    public const string ListEnvironments = "Environment.List";
    public const string CreateEnvironment = "Environment.Create";
    public const string FetchEnvironment = "Environment.Fetch";
    public const string DeleteEnvironment = "Environment.Delete";
    public const string ListDeployments = "Deployment.List";
    public const string FetchDeployment = "Deployment.Fetch";
    public const string CreateDeployment = "Deployment.Create";
    public const string ListFunctions = "Function.List";
    public const string FetchFunction = "Function.Fetch";
    public const string ListFunctionVersions = "FunctionVersion.List";
    public const string FetchFunctionVersion = "FunctionVersion.Fetch";
    public const string ListVariables = "Variable.List";
    public const string CreateVariable = "Variable.Create";
    public const string FetchVariable = "Variable.Fetch";
    public const string UpdateVariable = "Variable.Update";
    public const string DeleteVariable = "Variable.Delete";
}
