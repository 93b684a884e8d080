package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.NodeHandle;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool node shows at once what feeds it, whatever lies between and whatever changes. */
class LiveSwitchTest extends PoolSuite {
  private static final int BYPASSED = 4;
  private static final int MUTED = 2;
  private static final int RUNS = 0;

  /** Set and Get nodes as packs of the community bring them, for the page alone. */
  private static final String SET_AND_GET =
      """
      () => {
        if (LiteGraph.registered_node_types.SetNode) return;
        class Virtual extends LiteGraph.LGraphNode {
          isVirtualNode = true;
          serialize_widgets = true;
          get constant() { return this.widgets[0].value; }
        }
        class SetNode extends Virtual {
          constructor(title) {
            super(title);
            this.addInput('*', '*');
            this.addWidget('text', 'Constant', '', () => {});
          }
        }
        class GetNode extends Virtual {
          constructor(title) {
            super(title);
            this.addOutput('*', '*');
            this.addWidget('text', 'Constant', '', () => {});
          }
          getInputLink(slot) {
            const setter = this.graph.nodes.find(
              node => node.type === 'SetNode' && node.constant === this.constant);
            const link = setter?.inputs[slot]?.link;
            return link == null ? undefined : this.graph.getLink(link);
          }
        }
        LiteGraph.registerNodeType('SetNode', SetNode);
        LiteGraph.registerNodeType('GetNode', GetNode);
      }
      """;

  private PoolApi.Profile sea;
  private PoolApi.Profile land;

  @BeforeEach
  void makeProfiles() {
    sea = pools.create("Sea", "sea.png");
    land = pools.create("Land", "land-1.png", "land-2.png");
  }

  private static void expectSea(PoolNode pool) {
    pool.expectImages("sea.png");
  }

  private static void expectLand(PoolNode pool) {
    pool.expectImages("land-1.png", "land-2.png");
  }

  private static void expectOwn(PoolNode pool) {
    pool.expectSource("own");
    pool.expectPool(pool.ownId());
  }

  @Test
  void repaintsEveryConnectedPool() {
    Pair pair = addPair(sea);
    PoolNode second = PoolNode.add(page, RIGHT, TOP);
    page.graph().connect(pair.profile().node(), "profile", second.node(), "profile");
    expectSea(pair.pool());
    expectSea(second);
    pair.profile().choose("Land");
    expectLand(pair.pool());
    expectLand(second);
  }

  @Test
  void returnsToItsOwnImagesWhenDisconnected() {
    Pair pair = addPair(sea);
    expectSea(pair.pool());
    page.graph().disconnect(pair.pool().node(), "profile");
    expectOwn(pair.pool());
    page.graph().connect(pair.profile().node(), "profile", pair.pool().node(), "profile");
    expectSea(pair.pool());
  }

  @Test
  void followsThroughAClassicReroute() {
    Pair pair = addPair(sea);
    NodeHandle reroute = page.graph().add("Reroute", 300, 600);
    page.graph().connect(pair.profile().node(), 0, reroute, 0);
    page.graph().disconnect(pair.pool().node(), "profile");
    expectOwn(pair.pool());
    page.graph().connect(reroute, "", pair.pool().node(), "profile");
    expectSea(pair.pool());
    pair.profile().choose("Land");
    expectLand(pair.pool());
  }

  @Test
  void followsThroughAReroutedLink() {
    Pair pair = addPair(sea);
    page.graph().reroute(pair.pool().node(), "profile", 380, 200);
    pair.profile().choose("Land");
    expectLand(pair.pool());
  }

  @Test
  void followsThroughSetAndGetNodes() {
    page.page().evaluate(SET_AND_GET);
    Pair pair = addPair(sea);
    expectSea(pair.pool());
    page.graph().disconnect(pair.pool().node(), "profile");
    NodeHandle set = page.graph().add("SetNode", LEFT, 600);
    NodeHandle get = page.graph().add("GetNode", 300, 600);
    page.graph().connect(pair.profile().node(), 0, set, 0);
    page.graph().connect(get, 0, pair.pool().node(), 0);
    expectOwn(pair.pool());
    set.setWidget("Constant", "scenery");
    get.setWidget("Constant", "scenery");
    expectSea(pair.pool());
    pair.profile().choose("Land");
    expectLand(pair.pool());
    assertThat(page.prompt().path(pair.pool().node().id()).at("/inputs/profile/0").asText())
        .isEqualTo(pair.profile().node().id());
    get.setWidget("Constant", "nothing of that name");
    expectOwn(pair.pool());
  }

  @Test
  void ignoresAProfileThatIsBypassedOrMuted() {
    Pair pair = addPair(sea);
    expectSea(pair.pool());
    for (int mode : List.of(BYPASSED, MUTED)) {
      pair.profile().node().setMode(mode);
      expectOwn(pair.pool());
      pair.profile().node().setMode(RUNS);
      expectSea(pair.pool());
    }
  }

  @Test
  void followsIntoEachInstanceOfASubgraph() {
    Pair pair = addPair(sea);
    NodeHandle first = page.graph().convertToSubgraph(pair.pool().node());
    NodeHandle second = page.graph().add(first.read("node.type", "").asText(), RIGHT, TOP);
    ProfileNode other = ProfileNode.add(page, LEFT, 400);
    other.choose("Land");
    page.graph().connect(other.node(), "profile", second, "profile");

    page.graph().enter(first);
    expectSea(new PoolNode(page.graph().only("GridImagePool")));
    page.graph().leave();
    page.graph().enter(second);
    expectLand(new PoolNode(page.graph().only("GridImagePool")));
    page.graph().leave();
    pair.profile().choose("Land");
    page.graph().enter(first);
    expectLand(new PoolNode(page.graph().only("GridImagePool")));
    page.graph().leave();
  }

  @Test
  void followsUndoAndRedo() {
    Pair pair = addPair(sea);
    expectSea(pair.pool());
    pair.profile().choose("Land");
    expectLand(pair.pool());
    page.undo();
    pair.profile().expectChosen("Sea");
    expectSea(pair.pool());
    page.redo();
    pair.profile().expectChosen("Land");
    expectLand(pair.pool());
  }

  @Test
  void isThereAgainAfterItsDeletionIsUndone() {
    Pair pair = addPair(land);
    expectLand(pair.pool());
    pair.pool().node().delete();
    assertThat(pair.pool().node().exists()).isFalse();
    page.undo();
    expectLand(pair.pool());
  }

  @Test
  void sharesItsImagesWithACopyUntilThatIsDetached() {
    PoolNode original = PoolNode.add(page, LEFT, TOP);
    pools.add(original.ownId(), "one.png");
    original.expectImages("one.png");
    PoolNode copy = new PoolNode(page.graph().copyAndPaste(original.node()).get(0));
    copy.expectImages("one.png");
    assertThat(copy.ownId()).isEqualTo(original.ownId());

    copy.control("pool-detach").click();
    copy.expectEmpty();
    assertThat(copy.ownId()).isNotEqualTo(original.ownId());
    original.expectImages("one.png");
    assertThat(copy.control("pool-detach")).isHidden();
  }

  @Test
  void showsTheSameAfterAReloadOfPageAndWorkflow() {
    addPair(land);
    String saved = page.workflow().toString();
    page.reload();
    page.graph().load(saved);
    new ProfileNode(page.graph().only("PoolProfile")).expectChosen("Land");
    expectLand(new PoolNode(page.graph().only("GridImagePool")));
  }

  @Test
  void keepsAVanishedProfileAsMissing() {
    Pair pair = addPair(sea);
    pair.profile().choose("Land");
    expectLand(pair.pool());
    pair.pool().expectPictures();
    pools.delete(land);
    pair.profile().expectChosen("Land (missing)");
    pair.pool().expectSource("missing");
    assertThat(pair.pool().slots()).hasCount(0);

    String saved = page.workflow().toString();
    page.graph().clear();
    page.graph().load(saved);
    new ProfileNode(page.graph().only("PoolProfile")).expectChosen("Land (missing)");
  }
}
