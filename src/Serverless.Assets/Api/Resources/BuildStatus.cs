namespace Serverless.Assets.Api;

internal enum BuildStatus
{
    Building,
    Completed,
    Failed,
}
