-------------------------------- MODULE SVG ---------------------------------
(* Pictures of states. An element of a picture is a record with the fields name, attrs, children and innerText.
   attrs is a record of strings, <<>> for none; numbers are integers. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

(* The element with that name, those attributes, that sequence of elements in it and that text. *)
SVGElem(_name, _attrs, _children, _innerText) ==
    [name |-> _name, attrs |-> _attrs, children |-> _children, innerText |-> _innerText]

(* A line from x1, y1 to x2, y2. *)
Line(x1, y1, x2, y2, attrs) ==
    LET ends == [x1 |-> ToString(x1), x2 |-> ToString(x2), y1 |-> ToString(y1), y2 |-> ToString(y2)]
    IN  SVGElem("line", ends @@ attrs, <<>>, "")

(* A circle round cx, cy with radius r. *)
Circle(cx, cy, r, attrs) ==
    LET shape == [r |-> ToString(r), cx |-> ToString(cx), cy |-> ToString(cy)]
    IN  SVGElem("circle", shape @@ attrs, <<>>, "")

(* A rectangle with its upper left corner at x, y, w wide and h high. *)
Rect(x, y, w, h, attrs) ==
    LET shape == [width |-> ToString(w), height |-> ToString(h), x |-> ToString(x), y |-> ToString(y)]
    IN  SVGElem("rect", shape @@ attrs, <<>>, "")

(* The string text at x, y. *)
Text(x, y, text, attrs) == SVGElem("text", [x |-> ToString(x), y |-> ToString(y)] @@ attrs, <<>>, text)

(* The picture at the address href, with its upper left corner at x, y. *)
Image(x, y, width, height, href, attrs) ==
    LET shape == [x |-> ToString(x), y |-> ToString(y), width |-> ToString(width), height |-> ToString(height)]
    IN  SVGElem("image", shape @@ ("xlink:href" :> href) @@ attrs, <<>>, "")

(* The sequence children of elements as one element. *)
Group(children, attrs) == SVGElem("g", attrs, children, "")

(* A picture of the sequence children of elements. *)
Svg(children, attrs) == SVGElem("svg", attrs, children, "")

(* A whole picture that shows the part at vbX, vbY, vbW wide and vbH high. *)
SVGDoc(children, vbX, vbY, vbW, vbH, attrs) ==
    LET part == ToString(vbX) \o " " \o ToString(vbY) \o " " \o ToString(vbW) \o " " \o ToString(vbH)
    IN  Svg(<<children>>, ("viewBox" :> part) @@ attrs)

(* The element elem written as a string. *)
SVGElemToString(elem) == CHOOSE text \in STRING : TRUE

(* The place, a record of x and y, of the n-th of m nodes on a circle round cx, cy with radius r. *)
NodeOfRingNetwork(cx, cy, r, n, m) == CHOOSE place \in [x : Int, y : Int] : TRUE

(* The places of the nodes of a graph as a function from nodes to records of x and y; edges are pairs of nodes. *)
NodesOfDirectedMultiGraph(nodes, edges, options) == CHOOSE places \in [nodes -> [x : Int, y : Int]] : TRUE

(* The place at one segment-th of the way from the place from to the place to. *)
PointOnLine(from, to, segment) ==
    LET part(a, b) == a + ((b - a) \div segment)
    IN  [x |-> part(from.x, to.x), y |-> part(from.y, to.y)]

(* Writes the element svg to the file whose name is frameNamePrefix and the number frameNumber.
   Gives exitValue, stdout, stderr. *)
SVGSerialize(svg, frameNamePrefix, frameNumber) ==
    LET file == frameNamePrefix \o ToString(frameNumber) \o ".svg"
    IN  CHOOSE result \in [exitValue : Int, stdout : STRING, stderr : STRING] : TRUE

=============================================================================
